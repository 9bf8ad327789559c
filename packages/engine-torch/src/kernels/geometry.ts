import type { Attributes, KernelContext } from "./kernel.js";

type Shape4 = [number, number, number, number];

/** Of a convolution over (batch, height, width, channels). */
export interface Geometry {
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  /** Of a filter, its gaps counted. */
  readonly extent: readonly [number, number];
  readonly groups: number;
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
  /** Whether opposite sides are padded alike, as libtorch's own padding does. */
  readonly symmetric: boolean;
}

export function geometryOf(
  { tf }: KernelContext,
  input: readonly number[],
  filter: readonly number[],
  { strides, dilations, pad, dimRoundingMode, dataFormat }: Attributes,
  depthwise: boolean,
): Geometry {
  if (dataFormat && dataFormat !== "NHWC")
    throw new Error(`the engine torch convolves NHWC tensors, not ${dataFormat}`);
  const shapes = [input as Shape4, filter as Shape4] as const;
  const info = tf.backend_util.computeConv2DInfo(...shapes, strides, dilations ?? 1, pad, dimRoundingMode, depthwise);
  const { top, bottom, left, right } = info.padInfo;
  return {
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
    extent: [info.effectiveFilterHeight, info.effectiveFilterWidth],
    groups: depthwise ? info.inChannels : info.inChannels / filter[2],
    top,
    bottom,
    left,
    right,
    symmetric: top === bottom && left === right,
  };
}
