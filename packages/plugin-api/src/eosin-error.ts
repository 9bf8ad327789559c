/** A place in a pipeline document; lines and columns count from 1. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What an {@link EosinError} says. */
export interface EosinErrorDetails {
  /** Stable, upper snake case, e.g. `UNKNOWN_OPTION`. Scripts may match on it; it never changes meaning. */
  readonly code: string;
  /** One sentence: what is wrong. */
  readonly message: string;
  /** Where: in the document, or the file, sample or step concerned. */
  readonly place?: SourcePlace | string;
  readonly expected?: string;
  readonly found?: string;
  /** The nearest right name, when one is near. */
  readonly didYouMean?: string;
  /** The next command to type or thing to change. */
  readonly next?: string;
  readonly cause?: unknown;
  /** Further faults that were found with this one, each an error of its own. */
  readonly also?: readonly EosinError[];
}

/**
 * The one error that users see: place, what was expected, what was found, and the next step.
 * Plugins throw it for every fault that a user can fix. Recognise it with {@link isEosinError},
 * never with `instanceof`: a plugin may bring its own copy of this package.
 * @example
 * ```ts
 * import { EosinError, nearestName } from "@eosin/plugin-api";
 *
 * export function requireScanner(name: string, known: readonly string[]): void {
 *   if (known.includes(name)) return;
 *   throw new EosinError({
 *     code: "UNKNOWN_SCANNER",
 *     message: `There is no scanner ${name}.`,
 *     place: "option scanner",
 *     expected: known.join(", "),
 *     found: name,
 *     didYouMean: nearestName(name, known),
 *     next: "Correct the option `scanner`.",
 *   });
 * }
 * ```
 */
export class EosinError extends Error implements EosinErrorDetails {
  readonly $eosin = "error";
  readonly code: string;
  readonly place?: SourcePlace | string;
  readonly expected?: string;
  readonly found?: string;
  readonly didYouMean?: string;
  readonly next?: string;
  readonly also?: readonly EosinError[];

  constructor(details: EosinErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "EosinError";
    this.code = details.code;
    this.place = details.place;
    this.expected = details.expected;
    this.found = details.found;
    this.didYouMean = details.didYouMean;
    this.next = details.next;
    this.also = details.also;
  }
}

/**
 * Whether a value is an {@link EosinError}, of whichever copy of this package.
 * @example
 * ```ts
 * import { isEosinError, readTextFile } from "@eosin/plugin-api";
 *
 * // The text, or nothing where there is no such file.
 * export async function textOf(file: string): Promise<string | undefined> {
 *   return readTextFile(file).catch((error: unknown) => {
 *     if (isEosinError(error) && error.code === "FILE_MISSING") return undefined;
 *     throw error;
 *   });
 * }
 * ```
 */
export function isEosinError(value: unknown): value is EosinError {
  return typeof value === "object" && value !== null && (value as { $eosin?: unknown }).$eosin === "error";
}
