import type { Conv2DAttrs, Conv2DInputs, FusedConv2DAttrs, FusedConv2DInputs, TensorInfo } from "@tensorflow/tfjs-core";
import { denseLayout, forwardConvolution } from "./convolution.js";
import { type ConvolutionAttributes, convolutionGeometry, isPlain } from "./convolution-geometry.js";
import { denseConvolution } from "./dense-convolution.js";
import { withFreshWeights } from "./fresh-weights.js";
import type { KernelContext } from "./kernel-context.js";
import { defineStockKernel } from "./wasm-kernel.js";

/** 2-D convolution. */
export const conv2d = defineStockKernel<Conv2DInputs, Conv2DAttrs>("Conv2D", (context) => {
  const stock = withFreshWeights(context.backend, "Conv2D", context.tf.getKernel("Conv2D", "wasm").kernelFunc);
  return ({ x, filter }, attrs) =>
    isPlain(attrs)
      ? forward(context, x, filter, attrs)
      : stock({ inputs: { x, filter }, attrs: { ...attrs }, backend: context.backend });
});

/** 2-D convolution with a bias and an activation behind it. */
export const fusedConv2d = defineStockKernel<FusedConv2DInputs, FusedConv2DAttrs>("FusedConv2D", (context) => {
  const stock = withFreshWeights(
    context.backend,
    "FusedConv2D",
    context.tf.getKernel("FusedConv2D", "wasm").kernelFunc,
  );
  return (inputs, attrs) => {
    const { x, filter, bias } = inputs;
    if ((attrs.activation !== "linear" && attrs.activation !== "relu") || !isPlain(attrs)) {
      return stock({ inputs: { ...inputs }, attrs: { ...attrs } as never, backend: context.backend });
    }
    return forward(context, x, filter, attrs, bias && context.pointer(bias), attrs.activation === "relu");
  };
});

function forward(
  context: KernelContext,
  x: TensorInfo,
  filter: TensorInfo,
  attributes: ConvolutionAttributes,
  bias?: number,
  rectify?: boolean,
): TensorInfo {
  const { tf, native, pointer, output } = context;
  const g = convolutionGeometry(tf, x.shape, filter.shape, attributes);
  const y = output(g.outShape);
  const taps = g.filterHeight * g.filterWidth * g.inChannels;
  const pack = (packed: number) => native.packColumns(pointer(filter), packed, taps, g.outChannels);
  denseConvolution(context, forwardConvolution(g), pointer(x), pack, denseLayout(g, pointer(y)), bias, rectify);
  return y;
}
