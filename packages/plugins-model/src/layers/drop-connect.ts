import type { ParameterBuilder } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import type { Layer } from "./layer.js";

/**
 * In training, zeroes the whole residual branch of a sample with this probability and scales the kept ones by
 * 1 / (1 − probability) (stochastic depth: Huang et al., 2016; EfficientNet calls it drop-connect).
 */
export function dropConnect(builder: ParameterBuilder, name: string, probability: number): Layer {
  const { tf } = builder.engine;
  const keep = 1 - probability;
  return (x, context) => {
    if (!context.training || probability === 0) return x;
    const uniform = context.random(`${builder.prefix}${name}.drop_connect`, [x.shape[0], 1, 1, 1]) as tfc.Tensor4D;
    const scale = tf.div(tf.floor(tf.add(uniform, keep)), keep);
    return tf.mul(x, scale) as tfc.Tensor4D;
  };
}
