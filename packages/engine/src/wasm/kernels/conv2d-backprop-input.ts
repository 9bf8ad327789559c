import type { Conv2DBackpropInputAttrs, Conv2DBackpropInputInputs } from "@tensorflow/tfjs-core";
import { convolutionGeometry } from "./convolution-geometry.js";
import { denseConvolution } from "./dense-convolution.js";
import { phasesOf } from "./stride-phases.js";
import { defineStockKernel } from "./wasm-kernel.js";

/** Gradient of a 2-D convolution by its input, as convolutions of dy. */
export const conv2dBackpropInput = defineStockKernel<Conv2DBackpropInputInputs, Conv2DBackpropInputAttrs>(
  "Conv2DBackpropInput",
  (context) =>
    ({ dy, filter }, { strides, pad, dimRoundingMode, dataFormat, inputShape }) => {
      const { tf, native, pointer, output } = context;
      const g = convolutionGeometry(tf, inputShape, filter.shape, { strides, pad, dimRoundingMode, dataFormat });
      const dx = output(inputShape);
      for (const { place, taps, convolution, layout } of phasesOf(g)) {
        if (!taps) {
          native.clearPhase(pointer(dx), g.batchSize, g.inHeight, g.inWidth, g.inChannels, ...place);
          continue;
        }
        const pack = (packed: number) =>
          native.packTurnedFilter(pointer(filter), packed, g.filterWidth, g.inChannels, g.outChannels, ...taps);
        const target = { ...layout, address: pointer(dx) + layout.address };
        denseConvolution(context, convolution, pointer(dy), pack, target);
      }
      return dx;
    },
);
