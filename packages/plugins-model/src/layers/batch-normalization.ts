import type * as tfc from "@tensorflow/tfjs-core";
import { constant } from "./initializers.js";
import type { Layer } from "./layer.js";
import type { ParameterStore } from "./parameter-store.js";

export interface NormalizationSettings {
  readonly epsilon: number;
  /** How far the running statistics move to a batch's, as PyTorch counts it. */
  readonly momentum: number;
}

/** Batch normalisation and activation. Parameters: `NAME.weight`, `.bias`, `.running_mean`, `.running_var`. */
export function batchNormalization(
  store: ParameterStore,
  name: string,
  channels: number,
  settings: NormalizationSettings,
  activation: "none" | "relu" | "silu",
): Layer {
  const shape = [channels];
  const variables = {
    gamma: store.add(`${name}.weight`, { shape, initial: constant(1) }) as tfc.Variable<tfc.Rank.R1>,
    beta: store.add(`${name}.bias`, { shape, initial: constant(0) }) as tfc.Variable<tfc.Rank.R1>,
    runningMean: store.add(`${name}.running_mean`, { shape, initial: constant(0), trainable: false }),
    runningVariance: store.add(`${name}.running_var`, { shape, initial: constant(1), trainable: false }),
  };
  const { ops } = store.engine;
  return (x, { training }) => ops.batchNorm(x, variables, { training, ...settings, activation });
}
