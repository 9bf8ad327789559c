import type { ParameterBuilder } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { constant } from "./initializers.js";
import type { Layer } from "./layer.js";

/** PyTorch's default, and nnU-Net's. */
const EPSILON = 1e-5;

/** Instance normalisation and activation. Parameters: `NAME.weight` (at first `scale`) and `.bias`. */
export function instanceNormalization(
  builder: ParameterBuilder,
  name: string,
  channels: number,
  { activation, scale = 1 }: { activation: "none" | { readonly leakyRelu: number }; scale?: number },
): Layer {
  const shape = [channels];
  const gamma = builder.add(`${name}.weight`, { shape, initial: constant(scale) }) as tfc.Variable<tfc.Rank.R1>;
  const beta = builder.add(`${name}.bias`, { shape, initial: constant(0) }) as tfc.Variable<tfc.Rank.R1>;
  const { ops } = builder.engine;
  return (x) => ops.instanceNorm(x, { gamma, beta }, { epsilon: EPSILON, activation });
}
