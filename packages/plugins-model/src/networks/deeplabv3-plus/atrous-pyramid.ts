import type { ParameterBuilder } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { convNormRelu } from "../../layers/conv-norm-relu.js";
import { convolution } from "../../layers/convolution.js";
import { dropout } from "../../layers/dropout.js";
import { heUniform } from "../../layers/initializers.js";
import type { Layer } from "../../layers/layer.js";
import { normRelu, separableConvolution } from "./separable-convolution.js";

export interface PyramidShape {
  readonly inputs: number;
  readonly channels: number;
  readonly rates: readonly number[];
  readonly separable: boolean;
  readonly dropout: number;
}

/**
 * Atrous spatial pyramid pooling (Chen et al., 2017, section 3.3): of one feature a 1×1 convolution, a dilated 3×3
 * convolution a rate, and its mean over the image behind a 1×1 convolution; all side by side, projected by a 1×1
 * convolution. (b,h,w,inputs) → (b,h,w,channels). Parameters: `NAME.convs.N.…` and `NAME.project.…`.
 *
 * In training the mean's branch is normalised over the batch alone: a batch of one leaves nothing of it but its bias.
 */
export function atrousPyramid(builder: ParameterBuilder, name: string, shape: PyramidShape): Layer {
  const { inputs, channels, rates, separable } = shape;
  const { tf, ops } = builder.engine;
  const point = convNormRelu(builder, `${name}.convs.0`, { kernel: 1, inputs, outputs: channels });
  const dilated = rates.map((dilation, index): Layer => {
    const part = `${name}.convs.${index + 1}`;
    if (!separable) return convNormRelu(builder, part, { inputs, outputs: channels, dilation });
    const convolve = separableConvolution(builder, `${part}.0`, { inputs, outputs: channels, dilation });
    const normalize = normRelu(builder, `${part}.1`, channels);
    return (x, context) => normalize(convolve(x, context), context);
  });
  const pooledName = `${name}.convs.${rates.length + 1}`;
  const reduced = { kernel: 1, inputs, outputs: channels };
  const pooled = convolution(builder, `${pooledName}.1`, reduced, { initial: heUniform });
  const pooledNorm = normRelu(builder, `${pooledName}.2`, channels);
  const branches = rates.length + 2;
  const project = convNormRelu(builder, `${name}.project`, {
    kernel: 1,
    inputs: branches * channels,
    outputs: channels,
  });
  const drop = dropout(builder, name, shape.dropout, "values");
  return (x, context) => {
    const mean = pooledNorm(pooled(ops.globalMean(x), context), context);
    // A product with ones, since its gradient is a sum: that of `tile` is one of slices.
    const everywhere = tf.mul<tfc.Tensor4D>(tf.ones([1, x.shape[1], x.shape[2], 1]), mean);
    const all = [point(x, context), ...dilated.map((branch) => branch(x, context)), everywhere];
    return drop(project(tf.concat4d(all, 3), context), context);
  };
}
