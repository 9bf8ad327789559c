import type { ParameterBuilder } from "@eosin/plugin-api/learning";
import { convolution } from "./convolution.js";
import { heNormalLeaky } from "./initializers.js";
import { instanceNormalization } from "./instance-normalization.js";
import type { Layer } from "./layer.js";

/** nnU-Net's. */
export const leakyRelu = { leakyRelu: 0.01 } as const;

export interface ConvInstanceNorm {
  readonly inputs: number;
  readonly outputs: number;
  /** 3 unless given. */
  readonly kernel?: number;
  readonly stride?: number;
  /** The leaky ReLU unless given. */
  readonly activation?: "none" | typeof leakyRelu;
  readonly bias?: boolean;
  /** Of the normalisation at first; 1 unless given. */
  readonly scale?: number;
}

/** Convolution with bias → instance normalisation → leaky ReLU. Parameters: `NAME.conv.…` and `NAME.norm.…`. */
export function convInstanceNorm(builder: ParameterBuilder, name: string, shape: ConvInstanceNorm): Layer {
  const { inputs, outputs, kernel = 3, stride = 1, activation = leakyRelu, bias = true, scale } = shape;
  const how = { initial: heNormalLeaky, bias };
  const convolve = convolution(builder, `${name}.conv`, { kernel, inputs, outputs, stride }, how);
  const normalize = instanceNormalization(builder, `${name}.norm`, outputs, { activation, scale });
  return (x, context) => normalize(convolve(x, context), context);
}

/** Several of 3 × 3 pixels, of which the first may halve. Parameters: `NAME.0.…`, `NAME.1.…`, …. */
export function stackedConvolutions(
  builder: ParameterBuilder,
  name: string,
  count: number,
  { inputs, outputs, stride }: Pick<ConvInstanceNorm, "inputs" | "outputs" | "stride">,
): Layer {
  const layers = Array.from({ length: count }, (_, index) =>
    convInstanceNorm(
      builder,
      `${name}.${index}`,
      index === 0 ? { inputs, outputs, stride } : { inputs: outputs, outputs },
    ),
  );
  return (x, context) => layers.reduce((y, layer) => layer(y, context), x);
}
