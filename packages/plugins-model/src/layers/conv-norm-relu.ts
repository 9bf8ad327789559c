import type { ParameterBuilder } from "@eosin/plugin-api/learning";
import { batchNormalization, type NormalizationSettings } from "./batch-normalization.js";
import { type ConvolutionShape, convolution } from "./convolution.js";
import { heUniform } from "./initializers.js";
import type { Layer } from "./layer.js";

/** PyTorch's defaults, which the decoders were published with. */
export const decoderNormalization: NormalizationSettings = { epsilon: 1e-5, momentum: 0.1 };

/** Convolution (3×3 unless said) → batch normalisation → ReLU. Parameters: `NAME.0.…` and `NAME.1.…`. */
export function convNormRelu(
  builder: ParameterBuilder,
  name: string,
  shape: Omit<ConvolutionShape, "kernel" | "padding"> & { readonly kernel?: number },
): Layer {
  const convolve = convolution(builder, `${name}.0`, { kernel: 3, ...shape }, { initial: heUniform });
  const normalize = batchNormalization(builder, `${name}.1`, shape.outputs, decoderNormalization, "relu");
  return (x, context) => normalize(convolve(x, context), context);
}
