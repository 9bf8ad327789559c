import type { Fallback, ProgressUpdate, SerializedError } from "@eosin/plugin-api";

/** What happens in a run, in order; written to `events.jsonl` and shown by the CLI. */
export type RunEvent =
  | { readonly type: "run-started"; readonly instances: number; readonly run: string }
  | { readonly type: "instance-reused"; readonly instance: string; readonly fingerprint: string }
  | { readonly type: "instance-started"; readonly instance: string; readonly why: string; readonly continued: boolean }
  | { readonly type: "instance-progress"; readonly instance: string; readonly update: ProgressUpdate }
  | {
      readonly type: "instance-log";
      readonly instance: string;
      readonly level: "info" | "warn";
      readonly message: string;
      /** What a warning is about, where a component fell back to something else for one item. */
      readonly about?: Fallback;
    }
  | { readonly type: "instance-done"; readonly instance: string; readonly seconds: number }
  | { readonly type: "instance-failed"; readonly instance: string; readonly error: SerializedError }
  | { readonly type: "instance-skipped"; readonly instance: string; readonly because: string }
  | { readonly type: "run-finished"; readonly outcome: "done" | "failed" | "interrupted"; readonly seconds: number };
