import type { AttachedOptimizer, Engine, Optimizer } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { groupCalls } from "../parameter-groups.js";
import { disposeState, zeroState } from "../state.js";
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
    const { beta1, beta2, epsilon, groups } = this.#options;
    const calls = groupCalls(variables.keys(), groups, this.#options.weightDecay);
    const first = zeroState(engine.tf, "first", variables);
    const second = zeroState(engine.tf, "second", variables);
    return {
      state: new Map([...first.byKey, ...second.byKey]),
      update: (gradients, { step, learningRate }) => {
        for (const { rate, weightDecay, has } of calls) {
          const updates = [];
          for (const [name, gradient] of gradients) {
            if (!has(name)) continue;
            updates.push({
              variable: variables.get(name)!,
              gradient,
              first: first.byName.get(name)!,
              second: second.byName.get(name)!,
            });
          }
          engine.ops.adam(updates, { step, learningRate: rate * learningRate, beta1, beta2, epsilon, weightDecay });
        }
      },
      dispose: () => disposeState(first, second),
    };
  }
}
