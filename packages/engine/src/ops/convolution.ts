import type { EngineOps, Tf } from "@eosin/plugin-api/learning";
import type { Tensor4D } from "@tensorflow/tfjs-core";

type Padding = readonly [top: number, bottom: number, left: number, right: number];
type TfjsPadding = Parameters<Tf["conv2d"]>[3];

/** What the back end's convolution kernels, the gradients among them, take. */
export interface ConvolutionTraits {
  /** A padding a side; elsewhere zeros are put around the input first. */
  readonly explicitPadding: boolean;
  /** A bias; elsewhere it is added behind them. */
  readonly convolutionBias?: boolean;
}

export function createConvolutions(
  tf: Tf,
  { explicitPadding, convolutionBias = false }: ConvolutionTraits,
): Pick<EngineOps, "conv2d" | "depthwiseConv2d"> {
  const around = (x: Tensor4D, padding: Padding): { input: Tensor4D; pad: TfjsPadding } => {
    const [top, bottom, left, right] = padding;
    if (padding.every((side) => side === 0)) return { input: x, pad: "valid" };
    const sides: [[number, number], [number, number], [number, number], [number, number]] = [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ];
    return explicitPadding ? { input: x, pad: sides } : { input: tf.pad4d(x, sides), pad: "valid" };
  };
  return {
    conv2d(x, filter, { stride, padding, bias }) {
      const { input, pad } = around(x, padding);
      // The kernel itself: `tf.fused.conv2d` brings a gradient of tfjs's along.
      if (bias && convolutionBias) {
        const attrs = { strides: [stride, stride], pad, dataFormat: "NHWC", dilations: [1, 1], activation: "linear" };
        return tf.engine().runKernel("FusedConv2D", { x: input, filter, bias }, attrs as never) as Tensor4D;
      }
      const y = tf.conv2d(input, filter, stride, pad);
      return bias ? tf.add(y, bias) : y;
    },
    depthwiseConv2d(x, filter, { stride, padding }) {
      const { input, pad } = around(x, padding);
      return tf.depthwiseConv2d(input, filter, stride, pad as "valid");
    },
  };
}
