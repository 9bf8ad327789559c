import type * as tfc from "@tensorflow/tfjs-core";
import type { JsonObject } from "../json.js";
import type { Rng } from "../random/rng.js";
import type { ChannelNormalization } from "./channel-normalization.js";
import type { Engine, TensorRecord } from "./engine.js";
import type { InitialWeights } from "./initial-weights.js";
import type { NetworkParameter } from "./parameter.js";

/**
 * What a network gives, by name; further names are free for a plugin's network and its losses. A loss says in `needs`
 * which of them it reads, and no network is trained that lacks one of those.
 */
export type NetworkOutputs = TensorRecord & {
  /** Logits (b,h,w,1) of tumour; of several classes (b,h,w,C), the background first. */
  readonly mask: tfc.Tensor4D;
  /**
   * Of networks with deep supervision: logits like those of `mask` at 1/2, 1/4, … of the size, named `mask/2` (b,h/2,w/2,C),
   * `mask/4`, …. They are there in evaluation too: a validation takes the same loss.
   */
  readonly [scaled: `mask/${number}`]: tfc.Tensor4D;
  /** Of stain-separating networks: densities (b,h,w,s). */
  readonly density?: tfc.Tensor4D;
  /** Of stain-separating networks: stain vectors (b,h,w,s·3), stain-major. */
  readonly vector?: tfc.Tensor4D;
  /** Of stain-separating networks: what vectors × densities give, (b,h,w,3). */
  readonly reconstruction?: tfc.Tensor4D;
  /** What `reconstruction` must be like, (b,h,w,3), where that is not the normalised input itself. */
  readonly reconstructionTarget?: tfc.Tensor4D;
  /** Logit (b,1,1,1) of whether the patch holds any tumour; of several classes (b,1,1,C − 1), one for each beside the background. */
  readonly imageLevel?: tfc.Tensor4D;
};

/** How a network is run: in training or not, and where its random numbers (drop-out, drop-connect) come from. */
export interface ForwardContext {
  readonly training: boolean;
  /**
   * Set where normalisation goes by the batch's own statistics outside training, and moves the kept ones towards them:
   * by this share, 1 to replace them. Else it goes by the batch's in training, and by the kept ones outside.
   */
  readonly batchStatistics?: { readonly momentum: number };
  /** Uniform random numbers in [0, 1), keyed by (seed, step, name): the same whatever else is drawn. */
  random(name: string, shape: readonly number[]): tfc.Tensor;
}

/**
 * A network that is built: its parameters, and its forward pass. Whoever built it disposes of it.
 * @example
 * ```ts
 * import type { ForwardContext, Network } from "@eosin/plugin-api/learning";
 *
 * // Names of the outputs for an image (b,h,w,3), outside training.
 * export function outputsOf(network: Network, image: Parameters<Network["forward"]>[0]): readonly string[] {
 *   const context: ForwardContext = {
 *     training: false,
 *     random() {
 *       throw new Error("nothing is drawn outside training");
 *     },
 *   };
 *   return Object.keys(network.forward(image, context));
 * }
 * ```
 */
export interface Network {
  readonly parameters: ReadonlyMap<string, NetworkParameter>;
  /** Input height and width must be multiples of this. */
  readonly stride: number;
  /** Whether it gives `density` and `vector`. */
  readonly separatesStains: boolean;
  /** What its input has gone through; without it that of ImageNet (`imagenetNormalization`). */
  readonly normalization?: ChannelNormalization;
  /** @param image (b,h,w,3), normalised. */
  forward(image: tfc.Tensor4D, context: ForwardContext): NetworkOutputs;
  dispose(): void;
}

/** What a network will be like, known before it is built. */
export interface NetworkTraits {
  /** As of the network itself. */
  readonly stride: number;
  /** The names of the outputs of `forward`. */
  readonly outputs: readonly string[];
  /** How many stains it tells apart, where it separates them. */
  readonly stains?: number;
}

/**
 * Implementation of the kind `network`.
 * @example
 * ```ts
 * import type { NetworkFactory, NetworkParameter } from "@eosin/plugin-api/learning";
 *
 * // One convolution of 3 × 3 pixels.
 * export const single: NetworkFactory = {
 *   title: "one convolution",
 *   traits: { stride: 1, outputs: ["mask"] },
 *   async build({ tf, ops }, rng) {
 *     const name = "layers.0.weight";
 *     const stream = rng.fork(name);
 *     const values = Float32Array.from({ length: 27 }, () => stream.normal(0, Math.sqrt(2 / 27)));
 *     const variable = tf.tidy(() => tf.variable(tf.tensor4d(values, [3, 3, 3, 1])));
 *     const parameter: NetworkParameter = { name, variable, trainable: true, layout: "conv" };
 *     return {
 *       parameters: new Map([[name, parameter]]),
 *       stride: 1,
 *       separatesStains: false,
 *       forward: (image) => ({ mask: ops.conv2d(image, variable, { stride: 1, padding: [1, 1, 1, 1] }) }),
 *       dispose: () => variable.dispose(),
 *     };
 *   },
 * };
 * ```
 */
export interface NetworkFactory {
  /** For reports: `multi-task U-Net, EfficientNet-B7`. */
  readonly title: string;
  /** Where it tells them, settings that do not fit are refused while planning; else when the training starts. */
  readonly traits?: NetworkTraits;
  /** What it starts from, where its options name weights. */
  readonly initialWeights?: InitialWeights;
  /** Its options without the initial weights: what a trained model is rebuilt with. Absent where they name none. */
  readonly rebuildOptions?: JsonObject;
  /** @param rng Gives each parameter's stream by `rng.fork(name)`. */
  build(engine: Engine, rng: Rng): Promise<Network>;
}
