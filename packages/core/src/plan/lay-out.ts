import { EosinError, isEosinError, type SourcePlace } from "@eosin/plugin-api";
import type { PluginRegistry } from "../container/registry.js";
import type { PipelineDocument } from "../document/document.js";
import { noList } from "./axes.js";
import type { DraftInstance } from "./draft-instance.js";
import { DraftSteps } from "./draft-steps.js";
import { findStep } from "./known-step.js";
import type { ParameterScope } from "./reference/parameter-scope.js";
import { orderSteps } from "./step-order.js";

export interface LaidOut {
  /** By step, without those that cannot be laid out. */
  readonly drafts: ReadonlyMap<string, readonly DraftInstance[]>;
  /** Each once, by place. */
  readonly faults: readonly EosinError[];
}

/** Lays out every step without running planned ones (a list that is not known stands for one item), past every fault. */
export function layOut(document: PipelineDocument, registry: PluginRegistry, parameters: ParameterScope): LaidOut {
  const faults: EosinError[] = [];
  const laidOut = new Map<string, readonly DraftInstance[]>();
  const steps = new DraftSteps(document, registry, parameters, oneItem);
  for (const declaration of orderSteps(document, faults)) {
    try {
      const drafts = steps.add(findStep(declaration, document, registry));
      laidOut.set(declaration.id, drafts);
      for (const draft of drafts) faults.push(...draft.faults, ...unplannedInputs(draft, steps));
    } catch (error) {
      if (!isEosinError(error)) throw error;
      faults.push(error);
    }
  }
  return { drafts: laidOut, faults: eachOnce(faults) };
}

function oneItem(instance: DraftInstance, axis: string, place: SourcePlace): readonly { key: string }[] {
  if (instance.step.role === "planned") return [{ key: "item" }];
  throw noList(axis, place, `${instance.id} (${instance.step.declaration.uses}), which is known only when it has run`);
}

function unplannedInputs(draft: DraftInstance, steps: DraftSteps): readonly EosinError[] {
  if (draft.step.role !== "planned") return [];
  const unplanned = draft.inputs.filter((input) => steps.instance(input).step.role !== "planned");
  return unplanned.map(
    (input) =>
      new EosinError({
        code: "INPUT_NOT_PLANNED",
        message: `Step ${draft.step.declaration.id} is needed while planning, and ${input} is known only when it has run.`,
        place: draft.place,
        expected: "references to planned steps, such as datasets and splits",
        found: `${input} (${steps.instance(input).step.declaration.uses})`,
      }),
  );
}

/** By place. */
export function eachOnce(faults: readonly EosinError[]): readonly EosinError[] {
  const byText = new Map(faults.map((fault) => [JSON.stringify([fault.code, fault.message, fault.place]), fault]));
  return [...byText.values()].sort((a, b) => comparePlaces(a.place, b.place));
}

function comparePlaces(a: SourcePlace | string | undefined, b: SourcePlace | string | undefined): number {
  if (typeof a !== "object" || typeof b !== "object") return 0;
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}
