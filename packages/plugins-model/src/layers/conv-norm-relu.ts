import type { ParameterBuilder } from "@eosin/plugin-api/learning";
import { batchNormalization, type NormalizationSettings } from "./batch-normalization.js";
import { convolution } from "./convolution.js";
import { heUniform } from "./initializers.js";
import type { Layer } from "./layer.js";

/** PyTorch's defaults, which the decoders were published with. */
const normalization: NormalizationSettings = { epsilon: 1e-5, momentum: 0.1 };

/** 3×3 convolution → batch normalisation → ReLU. Parameters: `NAME.0.…` and `NAME.1.…`. */
export function convNormRelu(
  builder: ParameterBuilder,
  name: string,
  { inputs, outputs, stride = 1 }: { inputs: number; outputs: number; stride?: number },
): Layer {
  const convolve = convolution(builder, `${name}.0`, { kernel: 3, inputs, outputs, stride }, { initial: heUniform });
  const normalize = batchNormalization(builder, `${name}.1`, outputs, normalization, "relu");
  return (x, context) => normalize(convolve(x, context), context);
}
