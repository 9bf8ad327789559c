import type { Tensor1D, Tensor4D } from "@tensorflow/tfjs-core";
import type { OperationCase } from "../cases/case.js";
import { combine, type NdArray, sizeOf } from "../cases/reference/nd-array.js";
import { defineOperation } from "./operation.js";

/** By tfjs's own kernels: that of the gradient of a convolution by its input. */
export const convTranspose2d = defineOperation<"convTranspose2d", Record<never, never>>({
  name: "convTranspose2d",
  kernels: {},
  method:
    ({ tf }) =>
    (x, filter, { stride, bias }) => {
      const [batch, height, width] = x.shape;
      const [rows, columns, outputs] = filter.shape;
      const size = [(height - 1) * stride + rows, (width - 1) * stride + columns] as const;
      const y = tf.conv2dTranspose(x, filter, [batch, ...size, outputs], stride, "valid");
      return bias ? tf.add(y, bias) : y;
    },
  cases: [
    transposed("2×2, stride 2", { x: [2, 3, 4, 5], filter: [2, 2, 3, 5], stride: 2 }),
    transposed("2×2, stride 2, with bias", { x: [1, 3, 2, 4], filter: [2, 2, 6, 4], stride: 2, bias: true }),
    transposed("2×2, stride 2, of many channels", { x: [1, 2, 1, 19], filter: [2, 2, 5, 19], stride: 2, bias: true }),
    transposed("2×2, stride 2, of one pixel", { x: [2, 1, 1, 3], filter: [2, 2, 2, 3], stride: 2 }),
    transposed("3×3, stride 2, whose windows overlap", { x: [1, 3, 2, 4], filter: [3, 3, 3, 4], stride: 2 }),
    transposed("1×1, stride 1", { x: [2, 2, 3, 4], filter: [1, 1, 3, 4], stride: 1 }),
  ],
});

interface Transposed {
  readonly x: readonly number[];
  /** (h,w,out,in) */
  readonly filter: readonly number[];
  readonly stride: number;
  readonly bias?: boolean;
}

function transposed(name: string, { x, filter, stride, bias = false }: Transposed): OperationCase {
  return {
    name: `convTranspose2d ${name}`,
    inputs: { x: { shape: x }, filter: { shape: filter }, ...(bias && { bias: { shape: [filter[2]] } }) },
    compute: ({ ops }, given) =>
      ops.convTranspose2d(given.x as Tensor4D, given.filter as Tensor4D, { stride, bias: given.bias as Tensor1D }),
    reference: (given) => {
      const y = reference(given.x, given.filter, stride);
      return bias ? combine(y, given.bias, (value, b) => value + b) : y;
    },
  };
}

/** y[s·i + r, s·j + q, o] = Σ x[i, j, k] · filter[r, q, o, k] */
function reference(x: NdArray, filter: NdArray, stride: number): NdArray {
  const [batch, height, width, inputs] = x.shape;
  const [rows, columns, outputs] = filter.shape;
  const shape = [batch, (height - 1) * stride + rows, (width - 1) * stride + columns, outputs];
  const data = new Float64Array(sizeOf(shape));
  // Indexed by hand: finite differences call this most.
  for (let pixel = 0; pixel < batch * height * width; pixel++) {
    const [b, i, j] = [Math.floor(pixel / (height * width)), Math.floor(pixel / width) % height, pixel % width];
    for (let tap = 0; tap < rows * columns * outputs; tap++) {
      const [r, q, o] = [Math.floor(tap / (columns * outputs)), Math.floor(tap / outputs) % columns, tap % outputs];
      const at = ((b * shape[1] + i * stride + r) * shape[2] + j * stride + q) * outputs + o;
      for (let k = 0; k < inputs; k++) data[at] += x.data[pixel * inputs + k] * filter.data[tap * inputs + k];
    }
  }
  return { shape, data };
}
