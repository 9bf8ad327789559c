import { createRequire } from "node:module";
import { loadTfjs } from "@eosin/engine-kit";
import type { Tf } from "@eosin/plugin-api/learning";
import type { NamedAttrMap, Tensor, TensorInfo } from "@tensorflow/tfjs-core";
import { registerWasmKernels } from "./register.js";

let ready: Promise<Tf> | undefined;

/** tfjs on its wasm back end with these kernels. */
export function wasmTfjs(): Promise<Tf> {
  ready ??= (async () => {
    const tf = loadTfjs();
    createRequire(import.meta.url)("@tensorflow/tfjs-backend-wasm");
    await tf.setBackend("wasm");
    await registerWasmKernels(tf, tf.backend());
    return tf;
  })();
  return ready;
}

/** A multidimensional array with float64 values rounded to float32. */
export interface Values {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/** Uniform numbers in [−1, 1), the same for the same seed. */
export function uniform(shape: readonly number[], seed: number): Values {
  let state = (seed * 2_654_435_761 + 12_345) >>> 0;
  const data = new Float64Array(sizeOf(shape)).map(() => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.fround(state / 2 ** 31 - 1);
  });
  return { shape, data };
}

export function zeros(shape: readonly number[]): Values {
  return { shape, data: new Float64Array(sizeOf(shape)) };
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, n) => size * n, 1);
}

/** Runs a kernel of the wasm back end; every output as an array. Leaves no tensor behind. */
export function runKernel(
  tf: Tf,
  name: string,
  inputs: { readonly [name: string]: Values },
  attrs: object = {},
): Values[] {
  const tensors: { [name: string]: Tensor } = {};
  for (const [key, { data, shape }] of Object.entries(inputs)) {
    tensors[key] = tf.tensor(Float32Array.from(data), [...shape]);
  }
  const result = tf.engine().runKernel(name, tensors, attrs as NamedAttrMap) as TensorInfo | TensorInfo[];
  const outputs = (Array.isArray(result) ? result : [result]) as Tensor[];
  const values = outputs.map((output) => ({ shape: output.shape, data: Float64Array.from(output.dataSync()) }));
  tf.dispose([...outputs, ...Object.values(tensors)]);
  return values;
}

/** max |actual − expected| over the largest |expected|. */
export function relativeError(actual: Values, expected: Values): number {
  if (actual.shape.join() !== expected.shape.join()) {
    throw new Error(`shape ${actual.shape.join()} instead of ${expected.shape.join()}`);
  }
  let difference = 0;
  let scale = 0;
  expected.data.forEach((value, index) => {
    const distance = Math.abs(actual.data[index]! - value);
    difference = Math.max(difference, Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance);
    scale = Math.max(scale, Math.abs(value));
  });
  return difference / (scale || 1);
}
