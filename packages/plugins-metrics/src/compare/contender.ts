import type { Artifact, RunProvenance } from "@eosin/plugin-api";
import type { Predictions } from "@eosin/plugin-api/imaging";

/** One predictor of one run, at one point of its sweep: what is compared. */
export interface Contender {
  /** Unique among those that are compared. */
  readonly name: string;
  /** The name of the run's folder. */
  readonly run: string;
  readonly axes: { readonly [axis: string]: string };
  /** Of its predictions and all that they depend on. */
  readonly provenance: RunProvenance;
  /** One a fold, those that are stored. */
  readonly members: readonly Artifact<Predictions>[];
  /** Folds without a stored output: they failed, or were not computed yet. */
  readonly missing: readonly string[];
  /** Sample id → hash of its pixels: equal ids of other data are other images. */
  readonly contents: ReadonlyMap<string, string>;
}

/** One setting in which contenders differ, e.g. `train.loss.with.alpha`. */
export interface DifferingSetting {
  readonly path: string;
  /** In the order of the contenders; `undefined` where one has no such setting. */
  readonly values: readonly (string | number | boolean | null | undefined)[];
}
