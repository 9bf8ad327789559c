import type { Engine } from "@eosin/plugin-api/learning";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { NdArray } from "./reference/nd-array.js";

/** Random input: uniform in [low, high), rounded to float32. */
export interface InputSpec {
  readonly shape: readonly number[];
  readonly low?: number;
  readonly high?: number;
}

/** An operation, judged against its float64 reference: forward by value, gradients by finite differences. */
export interface OperationCase {
  readonly name: string;
  readonly inputs: { readonly [name: string]: InputSpec };
  /** Makes what outlives the calls: `compute` itself must depend on nothing but its inputs. */
  prepare?(engine: Engine): void;
  compute(engine: Engine, inputs: { readonly [name: string]: Tensor }): Tensor;
  reference(inputs: { readonly [name: string]: NdArray }): NdArray;
  /** Whether gradients are judged; true unless said. */
  readonly differentiable?: boolean;
}

/** Anything else that an engine must do. Throws where it doesn't. */
export interface BehaviourCase {
  readonly name: string;
  check(engine: Engine, tolerance: number): Promise<void>;
}

export type ConformanceCase = OperationCase | BehaviourCase;
