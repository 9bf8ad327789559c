import type { ParameterBuilder } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import type { Layer } from "./layer.js";

/**
 * In training, zeroes with this probability and scales what is kept by 1 / (1 − probability) (Srivastava et al., 2014).
 * @param what Each value on its own, or a sample's whole channel (Tompson et al., 2015), whose pixels are much alike.
 */
export function dropout(
  builder: ParameterBuilder,
  name: string,
  probability: number,
  what: "values" | "channels",
): Layer {
  const { tf } = builder.engine;
  const keep = 1 - probability;
  return (x, context) => {
    if (!context.training || probability === 0) return x;
    const [batch, height, width, channels] = x.shape;
    const shape = what === "values" ? [batch, height, width, channels] : [batch, 1, 1, channels];
    const uniform = context.random(`${builder.prefix}${name}.dropout`, shape) as tfc.Tensor4D;
    return tf.mul<tfc.Tensor4D>(x, tf.div(tf.floor(tf.add(uniform, keep)), keep));
  };
}
