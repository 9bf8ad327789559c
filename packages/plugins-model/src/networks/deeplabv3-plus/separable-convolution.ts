import type { ParameterBuilder } from "@eosin/plugin-api/learning";
import { batchNormalization } from "../../layers/batch-normalization.js";
import { decoderNormalization } from "../../layers/conv-norm-relu.js";
import { convolution, depthwiseConvolution } from "../../layers/convolution.js";
import { depthwiseHeUniform, heUniform } from "../../layers/initializers.js";
import type { Layer } from "../../layers/layer.js";

/** A 3×3 convolution a channel and a 1×1 convolution behind it, both without bias. Parameters: `NAME.0.weight`, `NAME.1.weight`. */
export function separableConvolution(
  builder: ParameterBuilder,
  name: string,
  { inputs, outputs, dilation = 1 }: { inputs: number; outputs: number; dilation?: number },
): Layer {
  const spatial = depthwiseConvolution(
    builder,
    `${name}.0`,
    { kernel: 3, channels: inputs, dilation },
    depthwiseHeUniform,
  );
  const pointwise = convolution(builder, `${name}.1`, { kernel: 1, inputs, outputs }, { initial: heUniform });
  return (x, context) => pointwise(spatial(x, context), context);
}

/** As decoders have it. Parameters: those of a batch normalisation. */
export function normRelu(builder: ParameterBuilder, name: string, channels: number): Layer {
  return batchNormalization(builder, name, channels, decoderNormalization, "relu");
}
