import type {
  DepthwiseConv2dNativeAttrs,
  DepthwiseConv2dNativeBackpropFilterAttrs,
  DepthwiseConv2dNativeBackpropFilterInputs,
  DepthwiseConv2dNativeBackpropInputAttrs,
  DepthwiseConv2dNativeBackpropInputInputs,
  DepthwiseConv2dNativeInputs,
} from "@tensorflow/tfjs-core";
import { denseLayout, forwardConvolution } from "./convolution.js";
import { convolutionGeometry, isPlain } from "./convolution-geometry.js";
import { depthwiseConvolution } from "./depthwise-convolution.js";
import { withFreshWeights } from "./fresh-weights.js";
import { phasesOf } from "./stride-phases.js";
import { defineStockKernel } from "./wasm-kernel.js";

/** Depthwise convolution; with a multiplier or dilation the stock kernel's. */
export const depthwiseConv2d = defineStockKernel<DepthwiseConv2dNativeInputs, DepthwiseConv2dNativeAttrs>(
  "DepthwiseConv2dNative",
  (context) => {
    const { tf, backend, pointer, output } = context;
    const stock = withFreshWeights(
      backend,
      "DepthwiseConv2dNative",
      tf.getKernel("DepthwiseConv2dNative", "wasm").kernelFunc,
    );
    return ({ x, filter }, attrs) => {
      if (!isPlain(attrs) || filter.shape[3] !== 1) {
        return stock({ inputs: { x, filter }, attrs: { ...attrs }, backend });
      }
      const g = convolutionGeometry(tf, x.shape, filter.shape, attrs, true);
      const y = output(g.outShape);
      depthwiseConvolution(context, forwardConvolution(g), pointer(x), pointer(filter), denseLayout(g, pointer(y)));
      return y;
    };
  },
);

/** Gradient of a depthwise convolution by its input, as depthwise convolutions of dy. */
export const depthwiseBackpropInput = defineStockKernel<
  DepthwiseConv2dNativeBackpropInputInputs,
  DepthwiseConv2dNativeBackpropInputAttrs
>("DepthwiseConv2dNativeBackpropInput", (context) => ({ dy, filter }, attrs) => {
  const { tf, native, pointer, output, withScratch } = context;
  const g = convolutionGeometry(tf, attrs.inputShape, filter.shape, attrs, true);
  const dx = output(attrs.inputShape);
  withScratch(g.filterHeight * g.filterWidth * g.inChannels * 4, (turned) => {
    for (const { place, taps, convolution, layout } of phasesOf(g)) {
      if (!taps) {
        native.clearPhase(pointer(dx), g.batchSize, g.inHeight, g.inWidth, g.inChannels, ...place);
        continue;
      }
      native.turnDepthwiseFilter(pointer(filter), turned, g.filterWidth, g.inChannels, ...taps);
      const target = { ...layout, address: pointer(dx) + layout.address };
      depthwiseConvolution(context, convolution, pointer(dy), turned, target);
    }
  });
  return dx;
});

/** Gradient of a depthwise convolution by its filter. */
export const depthwiseBackpropFilter = defineStockKernel<
  DepthwiseConv2dNativeBackpropFilterInputs,
  DepthwiseConv2dNativeBackpropFilterAttrs
>("DepthwiseConv2dNativeBackpropFilter", ({ tf, native, pointer, output }) => ({ x, dy }, attrs) => {
  const g = convolutionGeometry(tf, x.shape, attrs.filterShape, attrs, true);
  const dw = output(attrs.filterShape);
  native.depthwiseBackpropFilter(
    ...[x, dy, dw].map(pointer),
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
  );
  return dw;
});
