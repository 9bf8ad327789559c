import type { Fallback, Logger, SerializedError } from "@eosin/plugin-api";
import type { Sample } from "@eosin/plugin-api/imaging";

/** What a worker thread sends back: errors as plain data, since cloning an error keeps nothing but its message. */
export interface WorkerReply {
  readonly sample?: Sample;
  readonly error?: SerializedError;
  readonly said: readonly { readonly level: keyof Logger; readonly message: string; readonly about?: Fallback }[];
}
