import type { SampleEntry } from "@eosin/plugin-api/imaging";

export interface SplitParts {
  readonly key: string;
  readonly train: readonly SampleEntry[];
  readonly validation: readonly SampleEntry[];
  readonly test: readonly SampleEntry[];
}
