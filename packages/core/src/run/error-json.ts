import { EosinError, isEosinError } from "@eosin/plugin-api";
import type { SerializedError } from "./event.js";

/** Any error as plain data. One that no user can mend has the code `UNEXPECTED` and keeps its stack. */
export function serializeError(error: unknown): SerializedError {
  if (!isEosinError(error)) {
    const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined };
    return { code: "UNEXPECTED", message, stack };
  }
  const { code, message, place, expected, found, didYouMean, next, cause } = error;
  const stack = cause instanceof Error ? cause.stack : undefined;
  return { code, message, place, expected, found, didYouMean, next, stack };
}

export function deserializeError(error: SerializedError): EosinError {
  const { stack, ...details } = error;
  const restored = new EosinError(details);
  if (stack !== undefined) restored.stack = stack;
  return restored;
}
