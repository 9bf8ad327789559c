import type { AttachedOptimizer, Engine, Optimizer } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { attachAdam } from "../adam-update.js";
import { groupCalls } from "../parameter-groups.js";
import type { AdamOptions } from "./options.js";

/** Adam (Kingma & Ba, 2015) through the engine's fused kernel: one call a group of parameters updates its variables and both moments. */
export class Adam implements Optimizer {
  readonly learningRate: number;
  readonly #options: AdamOptions;

  constructor(options: AdamOptions) {
    this.#options = options;
    this.learningRate = options.lr;
  }

  attach(engine: Engine, variables: ReadonlyMap<string, tfc.Variable>): AttachedOptimizer {
    const { beta1, beta2, epsilon, groups, weightDecay } = this.#options;
    const calls = groupCalls(variables.keys(), groups, weightDecay);
    return attachAdam(engine, variables, calls, { beta1, beta2, epsilon });
  }
}
