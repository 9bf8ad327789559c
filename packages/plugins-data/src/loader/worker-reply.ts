import type { Fallback, Logger, SerializedError } from "@eosin/plugin-api";
import type { SampleTaskResult } from "./sample-task.js";

/** What a worker thread sends back: errors as plain data, since cloning an error keeps nothing but its message. */
export interface WorkerReply {
  readonly result?: SampleTaskResult;
  readonly error?: SerializedError;
  readonly said: readonly { readonly level: keyof Logger; readonly message: string; readonly about?: Fallback }[];
}
