import type * as tfc from "@tensorflow/tfjs-core";
import type { Rng } from "../random/rng.js";
import type { Engine } from "./engine.js";

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

/**
 * Fills the values of a new parameter, row-major.
 * @param shape Of the variable: (h,w,in,out) of a filter.
 * @param rng The parameter's own stream: what it draws depends on the seed and the parameter's name alone.
 */
export type Initializer = (values: Float32Array, shape: readonly number[], rng: Rng) => void;

/** What a parameter is made from. */
export interface NewParameter {
  /** Of the variable: (h,w,in,out) of a filter, (h,w,c,1) of a depthwise one. */
  readonly shape: readonly number[];
  readonly initial: Initializer;
  /** `plain` unless said. */
  readonly layout?: NetworkParameter["layout"];
  /** Whether gradients move it, as they do unless said; running statistics and weights that are not used are not trained. */
  readonly trainable?: boolean;
}

/**
 * Takes the parameters of a part of a network while that is put together.
 * @given
 */
export interface ParameterBuilder {
  readonly engine: Engine;
  /**
   * What the network puts before the names, e.g. `encoder.`. Names of random tensors (`ForwardContext.random`) begin with
   * it too, so that two parts never draw the same numbers.
   */
  readonly prefix: string;
  /** @param name Within the part, e.g. `stages.0.conv1.weight`. */
  add(name: string, parameter: NewParameter): tfc.Variable;
}
