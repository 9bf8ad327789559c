import { operations } from "../operations/index.js";
import type { OperationKernel } from "../operations/operation.js";
import type { Inputs, ShapeKernel, ShapeKernels } from "./shape-kernel.js";

/** Eosin's own kernels, as an engine allocates that has them. */
export const operationKernels: ShapeKernels = Object.fromEntries(
  operations.flatMap(({ kernels }) => kernels).map((kernel) => [kernel.name, outputsOf(kernel)]),
);

function outputsOf(kernel: OperationKernel): ShapeKernel {
  return ({ backend }, inputs, attrs) => {
    const outputs = kernel.shape(shapesOf(inputs), attrs).map((shape) => backend.output(shape));
    return outputs.length === 1 ? outputs[0] : outputs;
  };
}

function shapesOf(inputs: Inputs): { [name: string]: readonly number[] } {
  return Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, shape]));
}
