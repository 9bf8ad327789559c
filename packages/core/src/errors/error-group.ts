import { EosinError } from "@eosin/plugin-api";

/** Throws what was found, if anything: one error as it is, several as the first, which carries the others. */
export function throwFound(errors: readonly EosinError[]): void {
  const [first, ...rest] = errors;
  if (first === undefined) return;
  throw rest.length === 0
    ? first
    : new EosinError({ ...first, message: first.message, cause: first.cause, also: rest });
}

/** The errors inside, itself first, each without the others. */
export function ungroup(error: EosinError): readonly EosinError[] {
  const { also = [] } = error;
  if (also.length === 0) return [error];
  return [new EosinError({ ...error, message: error.message, cause: error.cause, also: undefined }), ...also];
}
