import { EosinError } from "@eosin/plugin-api";

/** Several faults found at once: reads as the first of them, and carries the others. */
export class EosinErrorGroup extends EosinError {
  readonly also: readonly EosinError[];

  constructor(errors: readonly [EosinError, ...EosinError[]]) {
    super(errors[0]);
    this.also = errors.slice(1);
  }
}

/** Throws what was found, if anything: one error as it is, several as a group. */
export function throwFound(errors: readonly EosinError[]): void {
  const [first, ...rest] = errors;
  if (first !== undefined) throw rest.length === 0 ? first : new EosinErrorGroup([first, ...rest]);
}

/** The errors inside, itself first, each without the others. */
export function ungroup(error: EosinError): readonly EosinError[] {
  return error instanceof EosinErrorGroup ? [new EosinError(error), ...error.also] : [error];
}
