/** What every command that reads a pipeline takes. */
export interface PipelineOptions {
  readonly profile?: string;
  readonly set: readonly string[];
  readonly engine?: string;
  readonly precision?: "float32" | "bfloat16";
  readonly device?: string;
  readonly store?: string;
  readonly json?: boolean;
}
