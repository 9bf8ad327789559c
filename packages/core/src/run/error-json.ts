import { EosinError, isEosinError } from "@eosin/plugin-api";
import type { SerializedError } from "./event.js";

/** Any error as plain data. One that no user can mend has the code `UNEXPECTED` and keeps its stack. */
export function serializeError(error: unknown): SerializedError {
  if (!isEosinError(error)) {
    const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined };
    return { code: "UNEXPECTED", message, stack };
  }
  const { code, message, place, expected, found, didYouMean, next, cause, also } = error;
  const stack = cause instanceof Error ? cause.stack : undefined;
  const others = also && also.length > 0 ? { also: also.map(serializeError) } : {};
  return { code, message, place, expected, found, didYouMean, next, stack, ...others };
}

export function deserializeError(error: SerializedError): EosinError {
  const { stack, also, ...details } = error;
  const restored = new EosinError({ ...details, also: also?.map(deserializeError) });
  if (stack !== undefined) restored.stack = stack;
  return restored;
}
