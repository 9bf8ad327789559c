import type * as tfc from "@tensorflow/tfjs-core";
import type { Rng } from "../random/rng.js";
import type { Engine, TensorRecord } from "./engine.js";

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

export interface ForwardContext {
  readonly training: boolean;
  /** Uniform random numbers in [0, 1), keyed by (seed, step, name): the same whatever else is drawn. */
  random(name: string, shape: readonly number[]): tfc.Tensor;
}

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
 */
export interface NetworkFactory {
  /** For reports: `multi-task U-Net, EfficientNet-B7`. */
  readonly title: string;
  /** Where it tells them, settings that do not fit are refused while planning; else when the training starts. */
  readonly traits?: NetworkTraits;
  /** @param rng Gives each parameter's stream by `rng.fork(name)`. */
  build(engine: Engine, rng: Rng): Promise<Network>;
}
