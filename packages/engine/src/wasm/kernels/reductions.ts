import type { SumAttrs, SumInputs, TensorInfo } from "@tensorflow/tfjs-core";
import type { KernelContext } from "./kernel-context.js";
import { defineStockKernel, type WasmKernel } from "./wasm-kernel.js";

/** Sum and mean with double-precision totals; the stock ones lose up to 7e-6 of a million values. */
export const sum = reduction("Sum", () => 1);
export const mean = reduction("Mean", (count) => 1 / count);

/** Takes float32 tensors whose reduced axes lie side by side and leaves the rest to the stock kernel. */
function reduction(kernelName: "Sum" | "Mean", factor: (count: number) => number): WasmKernel {
  return defineStockKernel<SumInputs, SumAttrs>(kernelName, (context) => {
    const { tf, native, pointer, withScratch } = context;
    const stock = tf.getKernel(kernelName, "wasm").kernelFunc;
    return ({ x }, attrs) => {
      const { axis, keepDims } = attrs;
      const axes = tf.util.parseAxisParam(axis, x.shape);
      const block = x.dtype === "float32" ? contiguousBlock(x.shape, axes) : undefined;
      if (!block) return stock({ inputs: { x }, attrs: { axis, keepDims }, backend: context.backend });
      const y = outputOf(context, x, axes, keepDims);
      const { outer, count, inner } = block;
      withScratch(native.columnSumsScratchBytes(inner), (scratch) =>
        native.reduceSum(pointer(x), pointer(y), scratch, outer, count, inner, factor(count)),
      );
      return y;
    };
  });
}

function outputOf({ tf, output }: KernelContext, x: TensorInfo, axes: number[], keepDims: boolean): TensorInfo {
  const [shape] = tf.backend_util.computeOutAndReduceShapes(x.shape, axes);
  return output(keepDims ? tf.backend_util.expandShapeToKeepDim(shape, axes) : shape);
}

/** The shape as (outer, count, inner) where the reduced axes are neighbours; axes of length 1 between them don't count. */
function contiguousBlock(shape: readonly number[], axes: readonly number[]) {
  const reduced = axes.filter((axis) => shape[axis] !== 1);
  const first = Math.min(shape.length, ...reduced);
  const last = Math.max(first - 1, ...reduced);
  const product = (sizes: readonly number[]) => sizes.reduce((size, n) => size * n, 1);
  const count = product(shape.slice(first, last + 1));
  if (count !== product(reduced.map((axis) => shape[axis]!))) return undefined;
  return { outer: product(shape.slice(0, first)), count, inner: product(shape.slice(last + 1)) };
}
