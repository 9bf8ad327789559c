import type { AttachedOptimizer, Engine, Optimizer } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { disposeState, zeroState } from "../state.js";
import type { SgdOptions } from "./definition.js";

/**
 * Stochastic gradient descent in PyTorch's form: v ← μ·v + g, w ← w − lr·v, or w ← w − lr·(g + μ·v) with Nesterov's
 * momentum; the learning rate stands outside the velocity, so a schedule acts at once.
 */
export class Sgd implements Optimizer {
  readonly learningRate: number;
  readonly #options: SgdOptions;

  constructor(options: SgdOptions) {
    this.#options = options;
    this.learningRate = options.lr;
  }

  attach(engine: Engine, variables: ReadonlyMap<string, tfc.Variable>): AttachedOptimizer {
    const { tf } = engine;
    const { momentum, nesterov, weightDecay } = this.#options;
    const velocity = zeroState(tf, "velocity", momentum > 0 ? variables : new Map());
    return {
      state: velocity.byKey,
      update: (gradients, { learningRate }) =>
        tf.tidy(() => {
          for (const [name, gradient] of gradients) {
            const variable = variables.get(name)!;
            const slope = weightDecay > 0 ? tf.add(gradient, tf.mul(variable, weightDecay)) : gradient;
            let direction: tfc.Tensor = slope;
            const memory = velocity.byName.get(name);
            if (memory) {
              memory.assign(tf.add(tf.mul(memory, momentum), slope));
              direction = nesterov ? tf.add(slope, tf.mul(memory, momentum)) : memory;
            }
            variable.assign(tf.sub(variable, tf.mul(direction, learningRate)));
          }
        }),
      dispose: () => disposeState(velocity),
    };
  }
}
