import type { PassedOver, Split } from "@eosin/plugin-api/imaging";
import type { LookedSample } from "./looked-sample.js";
import type { NearDuplicates } from "./near-duplicates.js";
import type { Outlier } from "./outliers.js";

/** A sentence about a data set that its user should know before training. */
export interface SanityLine {
  readonly level: "note" | "warning";
  /** Stable, e.g. `NO_TUMOUR`. */
  readonly code: string;
  readonly text: string;
}

export type SplitSides = Pick<Split, "key" | "train" | "validation" | "test">;

export interface Looked {
  /** At least one. */
  readonly samples: readonly LookedSample[];
  /** The items of a split, e.g. folds. */
  readonly splits?: readonly SplitSides[];
  /** What a network sees, in pixels. */
  readonly networkInput?: { readonly width: number; readonly height: number };
  readonly passedOver?: readonly PassedOver[];
  readonly duplicates?: NearDuplicates;
  readonly outliers?: readonly Outlier[];
}
