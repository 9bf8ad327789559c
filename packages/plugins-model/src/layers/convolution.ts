import type { Initializer, ParameterBuilder } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { constant } from "./initializers.js";
import type { Layer } from "./layer.js";

/** Zeros before and after, the same along both axes. */
export type Padding = readonly [before: number, after: number];

export interface ConvolutionShape {
  readonly kernel: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly stride?: number;
  /** Pixels from one tap of the kernel to the next; 1 unless given. */
  readonly dilation?: number;
  /** What keeps the size (at stride 1) on both sides unless given. */
  readonly padding?: Padding;
}

/** 2-D convolution. Parameters: `NAME.weight` and, where asked for, `NAME.bias` (zeros at first). */
export function convolution(
  builder: ParameterBuilder,
  name: string,
  { kernel, inputs, outputs, stride = 1, dilation = 1, padding = evenPadding(kernel, dilation) }: ConvolutionShape,
  { initial, bias = false }: { initial: Initializer; bias?: boolean },
): Layer {
  const shape = [kernel, kernel, inputs, outputs];
  const filter = builder.add(`${name}.weight`, { shape, initial, layout: "conv" }) as tfc.Tensor4D;
  const offset = bias
    ? (builder.add(`${name}.bias`, { shape: [outputs], initial: constant(0) }) as tfc.Tensor1D)
    : undefined;
  const how = { stride, dilation, padding: [...padding, ...padding] as const, ...(offset && { bias: offset }) };
  const { ops } = builder.engine;
  return (x) => ops.conv2d(x, filter, how);
}

/** One filter a channel, without bias. Parameter: `NAME.weight`. */
export function depthwiseConvolution(
  builder: ParameterBuilder,
  name: string,
  {
    kernel,
    channels,
    stride = 1,
    dilation = 1,
    padding = evenPadding(kernel, dilation),
  }: Omit<ConvolutionShape, "inputs" | "outputs"> & { readonly channels: number },
  initial: Initializer,
): Layer {
  const shape = [kernel, kernel, channels, 1];
  const filter = builder.add(`${name}.weight`, { shape, initial, layout: "depthwise" }) as tfc.Tensor4D;
  const how = { stride, dilation, padding: [...padding, ...padding] as const };
  const { ops } = builder.engine;
  return (x) => ops.depthwiseConv2d(x, filter, how);
}

function evenPadding(kernel: number, dilation: number): Padding {
  const half = (dilation * (kernel - 1)) / 2;
  return [half, half];
}
