import type { Tf } from "@eosin/plugin-api/learning";
import type { DataType, TensorInfo } from "@tensorflow/tfjs-core";
import type { ShapeBackend } from "./backend.js";

export type Inputs = { readonly [name: string]: TensorInfo };
// biome-ignore lint/suspicious/noExplicitAny: attributes are whatever the kernel's callers pass, one form a kernel
export type Attributes = any;

/** Makes a kernel's outputs from its inputs' shapes. */
export type ShapeKernel = (
  context: { readonly tf: Tf; readonly backend: ShapeBackend },
  inputs: Inputs,
  attrs: Attributes,
) => TensorInfo | TensorInfo[];

export type ShapeKernels = { readonly [kernelName: string]: ShapeKernel };

export function eachOf(names: readonly string[], kernel: ShapeKernel): ShapeKernels {
  return Object.fromEntries(names.map((name) => [name, kernel]));
}

/** An output like the input named. */
export function like(input: string, dtype?: DataType): ShapeKernel {
  return ({ backend }, inputs) => backend.output(inputs[input].shape, dtype ?? inputs[input].dtype);
}

/** The product of the dimensions. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, dimension) => product * dimension, 1);
}
