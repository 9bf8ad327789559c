import type { AvgPoolGradAttrs, AvgPoolGradInputs, MaxPoolGradAttrs, MaxPoolGradInputs } from "@tensorflow/tfjs-core";
import type { KernelContext } from "./kernel-context.js";
import { defineStockKernel } from "./wasm-kernel.js";

/** Gradient of max pooling; replaces the stock kernel, whose values are wrong. */
export const maxPoolGrad = defineStockKernel<MaxPoolGradInputs, MaxPoolGradAttrs>(
  "MaxPoolGrad",
  (context) =>
    ({ dy, input, output: y }, attrs) => {
      const { native, pointer, output } = context;
      const dx = output(input.shape);
      native.maxPoolGrad(...[dy, input, y, dx].map(pointer), ...sizes(context, input.shape, attrs));
      return dx;
    },
);

/** Gradient of average pooling; padding counts neither here nor in the forward kernel. */
export const avgPoolGrad = defineStockKernel<AvgPoolGradInputs, AvgPoolGradAttrs>(
  "AvgPoolGrad",
  (context) =>
    ({ dy, input }, attrs) => {
      const { native, pointer, output } = context;
      const dx = output(input.shape);
      native.avgPoolGrad(pointer(dy), pointer(dx), ...sizes(context, input.shape, attrs));
      return dx;
    },
);

type PoolAttributes = AvgPoolGradAttrs & MaxPoolGradAttrs;

/** The sizes in the order in which the native functions take them. */
function sizes({ tf }: KernelContext, shape: readonly number[], attrs: AvgPoolGradAttrs | MaxPoolGradAttrs): number[] {
  const { filterSize, strides, pad, dimRoundingMode } = attrs as PoolAttributes;
  const inputShape = shape as [number, number, number, number];
  const g = tf.backend_util.computePool2DInfo(inputShape, filterSize, strides, 1, pad, dimRoundingMode);
  return [
    g.batchSize,
    g.inHeight,
    g.inWidth,
    g.inChannels,
    g.outHeight,
    g.outWidth,
    g.filterHeight,
    g.filterWidth,
    g.strideHeight,
    g.strideWidth,
    g.padInfo.top,
    g.padInfo.left,
  ];
}
