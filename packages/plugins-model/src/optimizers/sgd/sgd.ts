import type { AttachedOptimizer, Engine, Optimizer } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { groupCalls } from "../parameter-groups.js";
import { disposeState, zeroState } from "../state.js";
import type { SgdOptions } from "./options.js";

/**
 * Stochastic gradient descent in PyTorch's form, through the engine: one call a group of parameters updates its variables
 * and velocities. The learning rate is outside the velocity, so a schedule acts at once.
 */
export class Sgd implements Optimizer {
  readonly learningRate: number;
  readonly #options: SgdOptions;

  constructor(options: SgdOptions) {
    this.#options = options;
    this.learningRate = options.lr;
  }

  attach(engine: Engine, variables: ReadonlyMap<string, tfc.Variable>): AttachedOptimizer {
    const { momentum, nesterov, groups } = this.#options;
    const calls = groupCalls(variables.keys(), groups, this.#options.weightDecay);
    const velocity = zeroState(engine.tf, "velocity", momentum > 0 ? variables : new Map());
    return {
      state: velocity.byKey,
      update: (gradients, { learningRate }) => {
        for (const { rate, weightDecay, has } of calls) {
          const own = [...gradients].filter(([name]) => has(name));
          const updates = own.map(([name, gradient]) => ({
            variable: variables.get(name)!,
            gradient,
            velocity: velocity.byName.get(name),
          }));
          engine.ops.sgd(updates, { learningRate: rate * learningRate, momentum, nesterov, weightDecay });
        }
      },
      dispose: () => disposeState(velocity),
    };
  }
}
