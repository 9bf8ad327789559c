import type * as tfc from "@tensorflow/tfjs-core";
import type { Rng } from "../random/rng.js";
import type { Engine, TensorRecord } from "./engine.js";

/** One parameter of a network, or a statistic that it keeps. */
export interface NetworkParameter {
  /** As in the golden files, e.g. `encoder._blocks.0._bn1.weight`. */
  readonly name: string;
  readonly variable: tfc.Variable;
  readonly trainable: boolean;
  /**
   * How the stored form (PyTorch's: OIHW filters) relates to the variable's.
   * `conv`: (o,i,h,w) ↔ (h,w,i,o); `depthwise`: (c,1,h,w) ↔ (h,w,c,1); `plain`: as it is.
   */
  readonly layout: "conv" | "depthwise" | "plain";
}

/** How a network is run: in training or not, and where its random numbers (drop-out, drop-connect) come from. */
export interface ForwardContext {
  readonly training: boolean;
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
  /**
   * @param image (b,h,w,3), normalised by the ImageNet mean and standard deviation.
   * @returns `mask` logits (b,h,w,1); of stain-separating networks also `density` (b,h,w,s), `vector` (b,h,w,s·3;
   * stain-major) and `reconstruction` (b,h,w,3).
   */
  forward(image: tfc.Tensor4D, context: ForwardContext): TensorRecord;
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
 * Implementation of the kind `network`. A file of initial weights is named by an option `weights`: trained models are
 * stored and rebuilt without it.
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
  /** @param rng Gives each parameter's stream by `rng.fork(name)`. */
  build(engine: Engine, rng: Rng): Promise<Network>;
}
