import type { Conv2DBackpropFilterAttrs, Conv2DBackpropFilterInputs } from "@tensorflow/tfjs-core";
import { type ConvolutionGeometry, convolutionGeometry } from "./convolution-geometry.js";
import { defineStockKernel } from "./wasm-kernel.js";

/** Gradient of a 2-D convolution by its filter. */
export const conv2dBackpropFilter = defineStockKernel<Conv2DBackpropFilterInputs, Conv2DBackpropFilterAttrs>(
  "Conv2DBackpropFilter",
  ({ tf, native, pointer, output, withScratch }) =>
    ({ x, dy }, { strides, pad, dimRoundingMode, dataFormat, filterShape }) => {
      const g = convolutionGeometry(tf, x.shape, filterShape, { strides, pad, dimRoundingMode, dataFormat });
      const [batch, height, width] = isPixelwise(g)
        ? [1, 1, g.batchSize * g.inHeight * g.inWidth]
        : [g.batchSize, g.inHeight, g.inWidth];
      const [outHeight, outWidth] = isPixelwise(g) ? [1, width] : [g.outHeight, g.outWidth];
      const filter = [g.filterHeight, g.filterWidth, g.strideHeight, g.strideWidth] as const;
      const dw = output(filterShape);
      const scratchBytes = native.conv2dBackpropFilterScratchBytes(outHeight, outWidth, g.outChannels, ...filter);
      withScratch(scratchBytes, (scratch) =>
        native.conv2dBackpropFilter(
          ...[x, dy, dw].map(pointer),
          scratch,
          batch,
          height,
          width,
          g.inChannels,
          outHeight,
          outWidth,
          g.outChannels,
          ...filter,
          g.padInfo.top,
          g.padInfo.left,
        ),
      );
      return dw;
    },
);

/** Whether each output pixel sees just its own input pixel: rows and images may then be taken as one long row. */
function isPixelwise(g: ConvolutionGeometry): boolean {
  return (
    g.filterHeight * g.filterWidth === 1 &&
    g.inHeight === g.outHeight &&
    g.inWidth === g.outWidth &&
    g.strideHeight * g.strideWidth === 1
  );
}
