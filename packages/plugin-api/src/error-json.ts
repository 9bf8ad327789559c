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

/**
 * What the operating system said of a call that failed.
 * @given
 */
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
 * ```ts
 * import { parentPort } from "node:worker_threads";
 * import { serializeError } from "@eosin/plugin-api";
 *
 * export function reply(work: () => unknown): void {
 *   try {
 *     parentPort?.postMessage({ result: work() });
 *   } catch (error) {
 *     parentPort?.postMessage({ error: serializeError(error) });
 *   }
 * }
 * ```
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
 * ```ts
 * import type { Worker } from "node:worker_threads";
 * import { deserializeError, type SerializedError } from "@eosin/plugin-api";
 *
 * export function failWith(worker: Worker, reject: (error: Error) => void): void {
 *   worker.on("message", ({ error }: { error?: SerializedError }) => error && reject(deserializeError(error)));
 * }
 * ```
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
