import type { EngineSettings } from "@eosin/core";

/** What every command that reads a pipeline takes. */
export interface PipelineOptions {
  readonly profile?: string;
  readonly set: readonly string[];
  /** `name=count`, as `readLimits` takes them. */
  readonly limit?: readonly string[];
  readonly engine?: string;
  readonly precision?: "float32" | "bfloat16";
  readonly device?: string;
  readonly store?: string;
  readonly json?: boolean;
  /** Loads plugins from elsewhere without a question, and remembers them. */
  readonly trust?: boolean;
  /** Runs every step again, and reads every file again. */
  readonly fresh?: boolean;
}

/** What the flags say of the engine, over the document. */
export function engineFlags({ engine, precision, device }: PipelineOptions): Partial<EngineSettings> {
  return { name: engine, precision, device };
}
