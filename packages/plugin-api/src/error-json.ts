import { EosinError, type EosinErrorDetails, isEosinError } from "./eosin-error.js";

/**
 * An error as plain data, so that it crosses threads and processes and can be kept in files: the fields of
 * `EosinError`, whose code is `UNEXPECTED` where the error was not one, and what follows.
 * @given
 */
export interface SerializedError extends Omit<EosinErrorDetails, "cause" | "also"> {
  /** Of an unexpected error its own stack, else that of its cause. */
  readonly stack?: string;
  /** What the operating system said of an unexpected error. */
  readonly system?: SystemFault;
  /** Further faults that were found with this one. */
  readonly also?: readonly SerializedError[];
}

/** @given */
export interface SystemFault {
  /** e.g. `ENOSPC` */
  readonly code: string;
  readonly syscall?: string;
  readonly path?: string;
}

const unexpected = "UNEXPECTED";

/**
 * Any error as plain data. One that no user can fix has the code `UNEXPECTED` and keeps its stack.
 * @example
 * parentPort.postMessage({ error: serializeError(error) });
 */
export function serializeError(error: unknown): SerializedError {
  if (!isEosinError(error)) {
    if (!(error instanceof Error)) return { code: unexpected, message: String(error) };
    const system = systemFault(error);
    return { code: unexpected, message: error.message, stack: error.stack, ...(system && { system }) };
  }
  const { code, message, place, expected, found, didYouMean, next, cause, also } = error;
  const stack = cause instanceof Error ? cause.stack : undefined;
  const others = also && also.length > 0 ? { also: also.map(serializeError) } : {};
  return { code, message, place, expected, found, didYouMean, next, stack, ...others };
}

/**
 * The error that {@link serializeError} was given, as far as plain data can tell.
 * @returns An `EosinError`, whose cause has the stack of the first one's; of an unexpected error an `Error` with its stack,
 * and with the system's `code`, `syscall` and `path`.
 * @example
 * worker.on("message", ({ error }) => reject(deserializeError(error)));
 */
export function deserializeError(error: SerializedError): Error {
  return error.code === unexpected ? unexpectedError(error) : eosinError(error);
}

function eosinError({ stack, system, also, ...details }: SerializedError): EosinError {
  const cause = stack === undefined ? undefined : withStack(new Error(stack.split("\n", 1)[0]), stack);
  return new EosinError({ ...details, cause, also: also?.map(eosinError) });
}

function unexpectedError({ message, stack, system }: SerializedError): Error {
  return withStack(Object.assign(new Error(message), system), stack);
}

function withStack(error: Error, stack: string | undefined): Error {
  if (stack !== undefined) error.stack = stack;
  return error;
}

function systemFault(error: NodeJS.ErrnoException): SystemFault | undefined {
  const { code, syscall, path } = error;
  if (typeof code !== "string") return undefined;
  return { code, ...(syscall !== undefined && { syscall }), ...(path !== undefined && { path }) };
}
