import { type EosinError, type LookLine, type PlannedOutput, showPlace } from "@eosin/plugin-api";
import type { PlannedDataStep, StepLook } from "@eosin/plugin-api/commands";

/** What is wrong with one file, or with all files of a data set together. */
export interface FoundProblem {
  /** Of the sample; absent where it is no single one. */
  readonly id?: string;
  readonly code: string;
  readonly message: string;
  readonly file?: string;
  readonly expected?: string;
  readonly found?: string;
  readonly next?: string;
}

/** A planned step, as a check found it. */
export interface CheckedStep {
  readonly instance: string;
  readonly summary: string;
  readonly lines: readonly LookLine[];
  readonly problems: readonly FoundProblem[];
  /** It had been looked at before, with the same content. */
  readonly reused: boolean;
}

/**
 * Steps with what planning and the looks found.
 * @param looked By instance.
 */
export function checkedSteps(
  steps: readonly PlannedDataStep[],
  looked: ReadonlyMap<string, StepLook>,
): readonly CheckedStep[] {
  return steps.map(({ instance, uses, output, faults }) => {
    const { look, faults: seen = [], reused = false } = looked.get(instance) ?? {};
    const problems = [...faults, ...seen].map(({ item, error }) => problemOf(item, error));
    return { instance, summary: summaryOf(output, uses), lines: look?.value.lines ?? [], problems, reused };
  });
}

function summaryOf(output: PlannedOutput | undefined, uses: string | undefined): string {
  if (output === undefined) return "could not be read";
  if ("items" in output) return output.items.length === 1 ? "1 fold" : `${output.items.length} folds`;
  return (output.value as { summary?: string }).summary ?? (uses as string);
}

function problemOf(id: string | undefined, error: EosinError): FoundProblem {
  const { code, message, place, expected, found, next } = error;
  const file = typeof place === "object" ? showPlace(place) : place;
  return { id, code, message, file, expected, found, next };
}
