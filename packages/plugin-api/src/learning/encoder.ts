import type * as tfc from "@tensorflow/tfjs-core";
import type { JsonObject } from "../json.js";
import type { ChannelNormalization } from "./channel-normalization.js";
import type { InitialWeights } from "./initial-weights.js";
import type { ForwardContext } from "./network.js";
import type { ParameterBuilder } from "./parameter.js";

/** What an encoder will be like, known before it is built. */
export interface EncoderTraits {
  /** Of the features, from the finest on: powers of two that rise, e.g. 2, 4, 8, 16, 32; or from 4 on. */
  readonly strides: readonly number[];
  /** Channels of the features, in the same order. */
  readonly channels: readonly number[];
  /** What its input must have gone through. */
  readonly normalization: ChannelNormalization;
  /**
   * Of the blocks of a U-Net's decoder that suits it, from the deepest on: as many as the image is halved on its way to
   * the deepest feature. Networks choose their own where it is absent.
   */
  readonly decoderChannels?: readonly number[];
}

/** The contracting half of a network. */
export interface Encoder {
  /**
   * @param image (b,h,w,3), normalised as the traits say; height and width are multiples of the last stride.
   * @returns A feature a stride, in their order: (b, h/stride, w/stride, channels).
   */
  features(image: tfc.Tensor4D, context: ForwardContext): readonly tfc.Tensor4D[];
}

/**
 * Implementation of the kind `encoder`: what a network is put on (`encoder: { uses, with }`).
 * @example
 * ```ts
 * import { type EncoderFactory, imagenetNormalization } from "@eosin/plugin-api/learning";
 *
 * // Two convolutions, each of half the size.
 * export const halves: EncoderFactory = {
 *   title: "two convolutions",
 *   traits: { strides: [2, 4], channels: [8, 16], normalization: imagenetNormalization },
 *   build(parameters) {
 *     const { tf, ops } = parameters.engine;
 *     const filters = [3, 8].map((inputs, i) =>
 *       parameters.add(`convolutions.${i}.weight`, {
 *         shape: [3, 3, inputs, 8 * (i + 1)],
 *         layout: "conv",
 *         initial(values, _, rng) {
 *           for (let at = 0; at < values.length; at++) values[at] = rng.normal(0, Math.sqrt(2 / (9 * inputs)));
 *         },
 *       }),
 *     );
 *     return {
 *       features(image) {
 *         const features: (typeof image)[] = [];
 *         for (const filter of filters as unknown as (typeof image)[]) {
 *           const before = features.at(-1) ?? image;
 *           features.push(tf.relu(ops.conv2d(before, filter, { stride: 2, padding: [0, 1, 0, 1] })));
 *         }
 *         return features;
 *       },
 *     };
 *   },
 * };
 * ```
 */
export interface EncoderFactory {
  /** For reports: `EfficientNet-B7`. */
  readonly title: string;
  readonly traits: EncoderTraits;
  /** What it starts from, where its options name weights. */
  readonly initialWeights?: InitialWeights;
  /** Its options without the initial weights: what a trained model is rebuilt with. Absent where they name none. */
  readonly rebuildOptions?: JsonObject;
  /**
   * Understands the names that others give to its tensors in weight files of a lone encoder.
   * @param names On file, without what wrappers put before all of them.
   * @returns Its own names of those it knows, by the names on file; of others nothing. Absent: names on file are its own.
   */
  ownNames?(names: readonly string[]): ReadonlyMap<string, string>;
  /** Makes its parameters, in an order that is always the same. */
  build(parameters: ParameterBuilder): Encoder | Promise<Encoder>;
}
