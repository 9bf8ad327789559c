import { EosinError, type EosinErrorDetails, type Fallback, isEosinError, type Logger } from "@eosin/plugin-api";
import type { SampleTaskResult } from "./sample-task.js";

/** What a worker thread sends back: errors as plain data, since cloning an error keeps nothing but its message. */
export interface WorkerReply {
  readonly result?: SampleTaskResult;
  readonly error?: { readonly details?: EosinErrorDetails; readonly message: string; readonly stack?: string };
  readonly said: readonly { readonly level: keyof Logger; readonly message: string; readonly about?: Fallback }[];
}

export function packError(error: unknown): WorkerReply["error"] {
  if (isEosinError(error)) {
    const { code, message, place, expected, found, didYouMean, next } = error;
    return { details: { code, message, place, expected, found, didYouMean, next }, message };
  }
  return error instanceof Error ? { message: error.message, stack: error.stack } : { message: String(error) };
}

export function unpackError(packed: NonNullable<WorkerReply["error"]>): Error {
  if (packed.details) return new EosinError(packed.details);
  const error = new Error(packed.message);
  if (packed.stack !== undefined) error.stack = packed.stack;
  return error;
}
