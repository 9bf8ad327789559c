/** A place in a pipeline document; lines and columns count from 1. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

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
 * Plugins throw it for every fault that a user can mend. Recognise it with {@link isEosinError},
 * never with `instanceof`: a plugin may bring its own copy of this package.
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

export function isEosinError(value: unknown): value is EosinError {
  return typeof value === "object" && value !== null && (value as { $eosin?: unknown }).$eosin === "error";
}
