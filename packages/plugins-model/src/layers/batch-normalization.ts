import type { ParameterBuilder } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { constant } from "./initializers.js";
import type { Layer } from "./layer.js";

export interface NormalizationSettings {
  readonly epsilon: number;
  /** How far the running statistics move to a batch's, as PyTorch counts it. */
  readonly momentum: number;
}

/** Batch normalisation and activation. Parameters: `NAME.weight`, `.bias`, `.running_mean`, `.running_var`. */
export function batchNormalization(
  builder: ParameterBuilder,
  name: string,
  channels: number,
  settings: NormalizationSettings,
  activation: "none" | "relu" | "relu6" | "silu",
): Layer {
  const shape = [channels];
  const variables = {
    gamma: builder.add(`${name}.weight`, { shape, initial: constant(1) }) as tfc.Variable<tfc.Rank.R1>,
    beta: builder.add(`${name}.bias`, { shape, initial: constant(0) }) as tfc.Variable<tfc.Rank.R1>,
    runningMean: builder.add(`${name}.running_mean`, { shape, initial: constant(0), trainable: false }),
    runningVariance: builder.add(`${name}.running_var`, { shape, initial: constant(1), trainable: false }),
  };
  const { ops } = builder.engine;
  return (x, { training, batchStatistics }) =>
    ops.batchNorm(x, variables, {
      ...settings,
      ...batchStatistics,
      training: training || batchStatistics !== undefined,
      activation,
    });
}
