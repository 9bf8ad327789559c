import type { ComponentSpec, PluginModules } from "../component.js";
import type { EosinError } from "../eosin-error.js";
import type { JsonValue } from "../json.js";
import type { Logger } from "../logger.js";
import { createServiceToken } from "../service.js";
import type { Augmenter } from "./augmenter.js";
import type { DatasetIndex } from "./dataset.js";
import type { Normalizer } from "./normalizer.js";
import type { Sample } from "./sample.js";

/** A component and what its `fit` returned: all that a worker thread needs to build it. */
export interface FittedComponent<Implementation = unknown> {
  readonly spec: ComponentSpec<Implementation>;
  readonly state?: JsonValue;
}

/** How an image is brought to the network's input size. Masks are always resized nearest. */
export type Interpolation = "bilinear" | "area" | "lanczos3" | "nearest";

export interface LoaderRequest {
  readonly dataset: DatasetIndex;
  readonly ids: readonly string[];
  /** Input size of the network; without it samples keep their own (then `batch` must be 1). */
  readonly size?: { readonly width: number; readonly height: number };
  readonly interpolation?: Interpolation;
  readonly normalizer?: FittedComponent<Normalizer>;
  /** Applied in this order, after the resize. */
  readonly augmenters?: readonly FittedComponent<Augmenter>[];
  readonly batch: number;
  /** A new order each epoch, keyed by (seed, epoch). */
  readonly shuffle: boolean;
  /** Drops a last batch that is not full. */
  readonly dropLast?: boolean;
  /** Fill `density` of the batches. An error where a sample has none, or tells another number of stains apart. */
  readonly densities?: boolean;
  readonly seed: number;
  /** Worker threads; 0 does the work on the calling thread. */
  readonly workers: number;
  readonly modules: PluginModules;
  readonly log: Logger;
}

/** A batch, channels last. Its arrays may be reused after `release`. */
export interface SampleBatch {
  readonly ids: readonly string[];
  readonly domains: readonly string[];
  readonly width: number;
  readonly height: number;
  /** (batch, height, width, 3), 0…255 */
  readonly image: Uint8Array;
  /** (batch, height, width), 0/1, and 255 (`IGNORED`) where a pixel is ignored: see `separateIgnored`. */
  readonly mask: Uint8Array;
  /** (batch, height, width, stains) where asked for, as many stains as the samples' densities tell apart */
  readonly density?: Float32Array;
  release(): void;
}

export interface LoaderStatistics {
  /** Seconds that `next()` of an epoch waited for a batch, over all epochs so far. */
  readonly waitedSeconds: number;
  readonly batches: number;
}

export interface BatchSource {
  readonly samplesPerEpoch: number;
  readonly batchesPerEpoch: number;
  /** The batches of an epoch, prepared ahead. The content depends on (seed, epoch) alone. */
  epoch(epoch: number): AsyncIterable<SampleBatch>;
  readonly statistics: LoaderStatistics;
  close(): Promise<void>;
}

/**
 * Reads, resizes, normalises, augments and batches samples on worker threads.
 * @given
 */
export interface SampleLoader {
  open(request: LoaderRequest): Promise<BatchSource>;
  /** Resized samples one by one, unaugmented, in the order of `ids` (what `fit` sees, and what reports show). */
  samples(request: Omit<LoaderRequest, "augmenters" | "batch" | "shuffle" | "dropLast">): AsyncIterable<Sample>;
  /**
   * The same for samples that are needed once: nothing is kept for a next reading, so that there may be any number.
   * @param failed Told of each sample that cannot be read; it is left out, and the others follow.
   */
  samplesOnce(
    request: Omit<LoaderRequest, "augmenters" | "batch" | "shuffle" | "dropLast">,
    failed: (id: string, error: EosinError) => void,
  ): AsyncIterable<Sample>;
  /**
   * Builds the component, and its `fit` where it has one (nested components too), over the unaugmented samples of
   * `request`. Returns what workers need.
   */
  fit<Implementation extends Augmenter | Normalizer>(
    spec: ComponentSpec<Implementation>,
    request: Omit<LoaderRequest, "augmenters" | "batch" | "shuffle" | "dropLast">,
  ): Promise<FittedComponent<Implementation>>;
}

export const sampleLoader = createServiceToken<SampleLoader>("imaging/sample-loader");
