import type { Tf } from "@eosin/plugin-api/learning";
import type { Tensor4D } from "@tensorflow/tfjs-core";

/** What the back end's convolution kernels, the gradients among them, take. */
export interface ConvolutionTraits {
  /** A padding a side; elsewhere zeros are put around the input first. */
  readonly explicitPadding: boolean;
  /** A bias; elsewhere it is added behind them. */
  readonly convolutionBias?: boolean;
  /** Dilations; elsewhere each phase of the pixels is convolved on its own. */
  readonly dilatedConvolution?: boolean;
}

export type Padding = readonly [top: number, bottom: number, left: number, right: number];
type TfjsPadding = Parameters<Tf["conv2d"]>[3];

/** The input and the padding in the form that the back end takes. */
export function paddedInput(
  { tf, explicitPadding }: ConvolutionTraits & { readonly tf: Tf },
  x: Tensor4D,
  padding: Padding,
): { input: Tensor4D; pad: TfjsPadding } {
  const [top, bottom, left, right] = padding;
  if (padding.every((side) => side === 0)) return { input: x, pad: "valid" };
  const sides: [[number, number], [number, number], [number, number], [number, number]] = [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
  return explicitPadding ? { input: x, pad: sides } : { input: tf.pad4d(x, sides), pad: "valid" };
}
