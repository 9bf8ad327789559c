import type { ParameterBuilder } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { constant } from "./initializers.js";
import type { Layer } from "./layer.js";

/** PyTorch's default. */
const EPSILON = 1e-5;

/** Group normalisation (Wu & He, 2018) and ReLU. Parameters: `NAME.weight`, `NAME.bias`. */
export function groupNormRelu(builder: ParameterBuilder, name: string, channels: number, groups: number): Layer {
  const shape = [channels];
  const variables = {
    gamma: builder.add(`${name}.weight`, { shape, initial: constant(1) }) as tfc.Variable<tfc.Rank.R1>,
    beta: builder.add(`${name}.bias`, { shape, initial: constant(0) }) as tfc.Variable<tfc.Rank.R1>,
  };
  const { tf, ops } = builder.engine;
  return (x) => tf.relu(ops.groupNorm(x, variables, { groups, epsilon: EPSILON }));
}
