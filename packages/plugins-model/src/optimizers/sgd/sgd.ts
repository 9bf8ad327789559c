import type { AttachedOptimizer, Engine, Optimizer } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { disposeState, zeroState } from "../state.js";
import type { SgdOptions } from "./options.js";

/**
 * Stochastic gradient descent in PyTorch's form, through the engine: one call updates all variables and velocities. The
 * learning rate is outside the velocity, so a schedule acts at once.
 */
export class Sgd implements Optimizer {
  readonly learningRate: number;
  readonly #options: SgdOptions;

  constructor(options: SgdOptions) {
    this.#options = options;
    this.learningRate = options.lr;
  }

  attach(engine: Engine, variables: ReadonlyMap<string, tfc.Variable>): AttachedOptimizer {
    const { momentum, nesterov, weightDecay } = this.#options;
    const velocity = zeroState(engine.tf, "velocity", momentum > 0 ? variables : new Map());
    return {
      state: velocity.byKey,
      update: (gradients, { learningRate }) => {
        const updates = Array.from(gradients, ([name, gradient]) => ({
          variable: variables.get(name)!,
          gradient,
          velocity: velocity.byName.get(name),
        }));
        engine.ops.sgd(updates, { learningRate, momentum, nesterov, weightDecay });
      },
      dispose: () => disposeState(velocity),
    };
  }
}
