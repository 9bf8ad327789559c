import type { AttachedOptimizer, Engine, Optimizer } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { attachAdam } from "../adam-update.js";
import { groupCalls, withoutDecayOf } from "../parameter-groups.js";
import type { AdamwOptions } from "./options.js";

/**
 * AdamW (Loshchilov & Hutter, 2019, algorithm 2) in PyTorch's form: the weights shrink by learning rate · decay, beside the
 * step of Adam. Through the engine's fused kernel, as Adam is: one call a group of parameters, and one more for its norms
 * and biases where they do not decay.
 */
export class AdamW implements Optimizer {
  readonly learningRate: number;
  readonly #options: AdamwOptions;

  constructor(options: AdamwOptions) {
    this.#options = options;
    this.learningRate = options.lr;
  }

  attach(engine: Engine, variables: ReadonlyMap<string, tfc.Variable>): AttachedOptimizer {
    const { beta1, beta2, epsilon, groups, weightDecay, decayNormsAndBiases } = this.#options;
    const calls = groupCalls(variables.keys(), groups, weightDecay);
    const vectors = [...variables].flatMap(([name, { rank }]) => (rank <= 1 ? [name] : []));
    const own = decayNormsAndBiases ? calls : withoutDecayOf(calls, vectors);
    return attachAdam(engine, variables, own, { beta1, beta2, epsilon, decoupled: true });
  }
}
