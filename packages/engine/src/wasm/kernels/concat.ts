import type { ConcatAttrs, SplitVAttrs, SplitVInputs, TensorInfo } from "@tensorflow/tfjs-core";
import type { KernelContext } from "./kernel-context.js";
import { defineStockKernel } from "./wasm-kernel.js";

/** Concatenation; the stock kernel copies each block of channels through a JavaScript view of its own. */
export const concat = defineStockKernel<TensorInfo[], ConcatAttrs>("Concat", (context) => {
  const { tf, backend, output } = context;
  const stock = tf.getKernel("Concat", "wasm").kernelFunc;
  return (inputs, attrs) => {
    const parts = inputs.filter((part) => tf.util.sizeFromShape(part.shape) > 0);
    if (parts.length < 2 || parts.some((part) => part.dtype !== "float32")) {
      return stock({ inputs: inputs as never, attrs: { ...attrs }, backend });
    }
    const [axis] = tf.util.parseAxisParam(attrs.axis, parts[0]!.shape) as [number];
    const shapes = parts.map((part) => part.shape);
    const whole = output(tf.backend_util.computeOutShape(shapes, axis));
    copyParts(context, whole, parts, axis, "join");
    return whole;
  };
});

/** The gradient of a concatenation, and `tf.split`. */
export const splitV = defineStockKernel<SplitVInputs, SplitVAttrs>("SplitV", (context) => {
  const { tf, backend, output } = context;
  const stock = tf.getKernel("SplitV", "wasm").kernelFunc;
  return ({ x }, attrs) => {
    if (x.dtype !== "float32") return stock({ inputs: { x }, attrs: { ...attrs }, backend });
    const [axis] = tf.util.parseAxisParam(attrs.axis, x.shape) as [number];
    const sizes = tf.backend_util.prepareSplitSize(x as never, attrs.numOrSizeSplits, axis);
    const parts = sizes.map((size) => output(x.shape.with(axis, size)));
    copyParts(context, x, parts, axis, "split");
    return parts;
  };
});

/** Copies a tensor's parts along one axis into it, or out of it. */
function copyParts(
  { tf, native, pointer }: KernelContext,
  whole: TensorInfo,
  parts: readonly TensorInfo[],
  axis: number,
  direction: "join" | "split",
): void {
  const count = tf.util.sizeFromShape(whole.shape.slice(0, axis));
  const stride = tf.util.sizeFromShape(whole.shape.slice(axis)) * 4;
  let place = pointer(whole);
  for (const part of parts) {
    const bytes = tf.util.sizeFromShape(part.shape.slice(axis)) * 4;
    if (direction === "join") native.copyBlocks(pointer(part), place, count, bytes, bytes, stride);
    else native.copyBlocks(place, pointer(part), count, bytes, stride, bytes);
    place += bytes;
  }
}
