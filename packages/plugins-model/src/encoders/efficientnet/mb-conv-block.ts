import type { ParameterBuilder } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { batchNormalization, type NormalizationSettings } from "../../layers/batch-normalization.js";
import { convolution, depthwiseConvolution } from "../../layers/convolution.js";
import { dropConnect } from "../../layers/drop-connect.js";
import { fanOutNormal } from "../../layers/initializers.js";
import type { Layer } from "../../layers/layer.js";
import type { BlockShape, Variant } from "./variants.js";

/** As in the published TensorFlow weights: momentum 0.99 there. */
export const encoderNormalization: NormalizationSettings = { epsilon: 1e-3, momentum: 0.01 };

/**
 * Inverted residual block, with squeeze-excite where its shape has one (Sandler et al., 2018; Hu et al., 2018): expand 1×1, depthwise, scale the
 * channels by their pooled gate, project 1×1, and add the input where the shapes agree.
 */
export function mbConvBlock(
  builder: ParameterBuilder,
  name: string,
  shape: BlockShape,
  activation: Variant["activation"],
  dropProbability: number,
): Layer {
  const { inputs, expanded, squeezed, outputs } = shape;
  const expand =
    inputs === expanded ? undefined : pointwise(builder, name, "_expand_conv", "_bn0", inputs, expanded, activation);
  const depthwise = depthwiseConvolution(
    builder,
    `${name}._depthwise_conv`,
    { ...shape, channels: expanded },
    fanOutNormal,
  );
  const depthwiseNorm = batchNormalization(builder, `${name}._bn1`, expanded, encoderNormalization, activation);
  const excite: Layer = squeezed === undefined ? (x) => x : squeezeExcite(builder, name, expanded, squeezed);
  const project = pointwise(builder, name, "_project_conv", "_bn2", expanded, outputs, "none");
  const drop = dropConnect(builder, name, dropProbability);
  const residual = shape.stride === 1 && inputs === outputs;
  const { tf } = builder.engine;
  return (x, context) => {
    let y = expand ? expand(x, context) : x;
    y = depthwiseNorm(depthwise(y, context), context);
    y = project(excite(y, context), context);
    return residual ? (tf.add(drop(y, context), x) as tfc.Tensor4D) : y;
  };
}

function pointwise(
  builder: ParameterBuilder,
  block: string,
  filter: string,
  norm: string,
  inputs: number,
  outputs: number,
  activation: "none" | Variant["activation"],
): Layer {
  const convolve = convolution(
    builder,
    `${block}.${filter}`,
    { kernel: 1, inputs, outputs },
    { initial: fanOutNormal },
  );
  const normalize = batchNormalization(builder, `${block}.${norm}`, outputs, encoderNormalization, activation);
  return (x, context) => normalize(convolve(x, context), context);
}

function squeezeExcite(builder: ParameterBuilder, block: string, channels: number, squeezed: number): Layer {
  const how = { initial: fanOutNormal, bias: true };
  const reduce = convolution(builder, `${block}._se_reduce`, { kernel: 1, inputs: channels, outputs: squeezed }, how);
  const widen = convolution(builder, `${block}._se_expand`, { kernel: 1, inputs: squeezed, outputs: channels }, how);
  const { ops } = builder.engine;
  return (x, context) => ops.sigmoidScale(x, widen(ops.silu(reduce(ops.globalMean(x), context)), context));
}
