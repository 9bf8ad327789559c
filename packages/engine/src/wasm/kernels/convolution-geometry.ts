import { EosinError } from "@eosin/plugin-api";
import type { Tf } from "@eosin/plugin-api/learning";
import type { backend_util } from "@tensorflow/tfjs-core";

type Padding = Parameters<typeof backend_util.computeConv2DInfo>[4];

export type ConvolutionGeometry = backend_util.Conv2DInfo;

export interface ConvolutionAttributes {
  readonly strides: [number, number] | number;
  readonly pad: Padding;
  readonly dimRoundingMode?: "floor" | "round" | "ceil" | undefined;
  readonly dataFormat?: "NHWC" | "NCHW" | undefined;
  readonly dilations?: [number, number] | number | undefined;
}

/** Whether `assembly/` has a case for it: NHWC and undilated. */
export function isPlain({ dataFormat = "NHWC", dilations = 1 }: ConvolutionAttributes): boolean {
  return dataFormat === "NHWC" && [dilations].flat().every((dilation) => dilation === 1);
}

/** Sizes, strides and padding of a convolution or its gradient, refused where these kernels have no case for it. */
export function convolutionGeometry(
  tf: Tf,
  inputShape: readonly number[],
  filterShape: readonly number[],
  attributes: ConvolutionAttributes,
  depthwise = false,
): ConvolutionGeometry {
  const { strides, pad, dimRoundingMode, dataFormat = "NHWC", dilations = 1 } = attributes;
  const info = tf.backend_util.computeConv2DInfo(
    inputShape as [number, number, number, number],
    filterShape as [number, number, number, number],
    strides,
    dilations,
    pad,
    dimRoundingMode,
    depthwise,
    tf.backend_util.convertConv2DDataFormat(dataFormat),
  );
  const multiplied = depthwise && info.outChannels !== info.inChannels;
  if (multiplied || !isPlain(attributes)) {
    throw new EosinError({
      code: "ENGINE_UNSUPPORTED_CONVOLUTION",
      message: "The wasm engine has no gradient for this convolution.",
      expected: "layout NHWC, dilation 1 and, where it is depthwise, as many outputs as inputs",
      found: `layout ${dataFormat}, dilation ${info.dilationHeight}×${info.dilationWidth}, ${info.inChannels} to ${info.outChannels} channels`,
      next: "change the convolution, or choose another engine",
    });
  }
  return info;
}
