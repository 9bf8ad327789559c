import { showPlace } from "@eosin/core";
import type { EosinError, LookLine } from "@eosin/plugin-api";

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
  /** The look's instance, where its component has one. */
  readonly look?: string;
  readonly lines: readonly LookLine[];
  readonly problems: readonly FoundProblem[];
  /** It had been looked at before, with the same content. */
  readonly reused: boolean;
}

export function problemOf(id: string | undefined, error: EosinError): FoundProblem {
  const { code, message, place, expected, found, next } = error;
  const file = typeof place === "object" ? showPlace(place) : place;
  return { id, code, message, file, expected, found, next };
}
