import type { Engine } from "@eosin/plugin-api/learning";
import type { Variable } from "@tensorflow/tfjs-core";
import { relativeError } from "./relative-error.js";

/** @throws Error that says by how much the values are off. */
export function expectClose(what: string, value: ArrayLike<number>, truth: ArrayLike<number>, tolerance: number): void {
  const error = relativeError(value, truth);
  if (!(error <= tolerance)) throw new Error(`${what}: relative error ${error.toExponential(2)} > ${tolerance}`);
}

/** @throws Error that names both. */
export function expectSame(what: string, value: unknown, truth: unknown): void {
  if (!Object.is(value, truth)) throw new Error(`${what}: ${String(value)}, not ${String(truth)}`);
}

/** (values.length): the caller's to dispose. */
export function variable(engine: Engine, values: readonly number[]): Variable {
  const { tf } = engine;
  return tf.tidy(() => tf.variable(tf.tensor1d([...values])));
}
