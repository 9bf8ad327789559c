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

/** What samples are brought to before windows are cut out of them: one size that all are stretched to, or a factor of their own sides. */
export type Scale = { readonly width: number; readonly height: number } | { readonly factor: number };

/** Which windows of which samples an epoch draws. */
export interface Sampling {
  /** Batches an epoch; without it every sample is drawn once. */
  readonly batches?: number;
  /** Share of the windows that are laid around a pixel of tumour, where the sample has any; 0…1. */
  readonly tumour?: number;
  /** `domain`, or the name of an attribute: each of its values is drawn equally often. */
  readonly balance?: string;
}

/**
 * Which samples a {@link SampleLoader} gives, and what is done to them on the way: they are read, resized to `size`,
 * normalised, augmented, and put together, `batch` at a time.
 */
export interface LoaderRequest {
  readonly dataset: DatasetIndex;
  readonly ids: readonly string[];
  /** Input size of the network; without it samples keep their own (then `batch` must be 1). */
  readonly size?: { readonly width: number; readonly height: number };
  /** What samples are resized to in the place of `size`; batches then hold windows of `size`, cut out of them. */
  readonly scale?: Scale;
  /**
   * Windows of `size` where samples have a `scale`: `random`, one wherever a sample is drawn, or `grid`, as many as cover
   * the sample, the next one with the same id. Smaller samples are reflected at their borders. Default `random`.
   */
  readonly windows?: "random" | "grid";
  readonly interpolation?: Interpolation;
  readonly normalizer?: FittedComponent<Normalizer>;
  /** Applied in this order, after the resize. */
  readonly augmenters?: readonly FittedComponent<Augmenter>[];
  readonly batch: number;
  /** A new order each epoch, keyed by (seed, epoch). */
  readonly shuffle: boolean;
  /** Other epochs than every sample once. */
  readonly sampling?: Sampling;
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

/** What is asked of batches alone. */
type BatchRequest = "augmenters" | "batch" | "shuffle" | "dropLast" | "sampling" | "windows";

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

/** What a {@link BatchSource} did so far. */
export interface LoaderStatistics {
  /** Seconds that `next()` of an epoch waited for a batch, over all epochs so far. */
  readonly waitedSeconds: number;
  readonly batches: number;
}

/**
 * The batches of one part of a split, epoch by epoch. A consumer calls `release` of each batch when it has copied it,
 * and `close` at the end.
 */
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
  /** Resized samples one by one, whole and unaugmented, in the order of `ids` (what `fit` sees, and what reports show). */
  samples(request: Omit<LoaderRequest, BatchRequest>): AsyncIterable<Sample>;
  /**
   * The same for samples that are needed once: nothing is kept for a next reading, so that there may be any number.
   * @param failed Told of each sample that cannot be read; it is left out, and the others follow.
   */
  samplesOnce(
    request: Omit<LoaderRequest, BatchRequest>,
    failed: (id: string, error: EosinError) => void,
  ): AsyncIterable<Sample>;
  /**
   * Builds the component, and its `fit` where it has one (nested components too), over the unaugmented samples of
   * `request`. Returns what workers need.
   */
  fit<Implementation extends Augmenter | Normalizer>(
    spec: ComponentSpec<Implementation>,
    request: Omit<LoaderRequest, BatchRequest>,
  ): Promise<FittedComponent<Implementation>>;
}

/**
 * The service that reads samples on worker threads; `@eosin/plugins-data` binds it.
 * @example
 * ```ts
 * import type { ComponentContext, StepContext } from "@eosin/plugin-api";
 * import { type Split, sampleLoader } from "@eosin/plugin-api/imaging";
 *
 * // Share of tumour over the training part of a split.
 * export async function tumourShare(component: ComponentContext<object>, step: StepContext, split: Split): Promise<number> {
 *   const { services, modules } = component;
 *   const loader = await services.get(sampleLoader);
 *   let [tumour, pixels] = [0, 0];
 *   const request = { dataset: split.dataset, ids: split.train, seed: step.seed, workers: 1, modules, log: step.log };
 *   for await (const { mask } of loader.samples(request)) {
 *     for (const label of mask?.data ?? []) tumour += label === 1 ? 1 : 0;
 *     pixels += mask?.data.length ?? 0;
 *   }
 *   return tumour / pixels;
 * }
 * ```
 */
export const sampleLoader = createServiceToken<SampleLoader>("imaging/sample-loader");
