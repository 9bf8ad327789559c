import type { Tensor, Variable } from "@tensorflow/tfjs-core";
import { expectClose, variable } from "../cases/expect.js";
import { defineOperation } from "./operation.js";
import { ownData } from "./own-data.js";

export interface SgdKernels {
  /**
   * g = gradient + weightDecay·variable; velocity = momentum·velocity + g (g without one); variable −= learningRate·velocity,
   * or learningRate·(g + momentum·velocity) with `nesterov`. In place; any shape.
   */
  EosinSgd: {
    inputs: { variable: Variable; gradient: Tensor; velocity?: Variable };
    attrs: { learningRate: number; momentum: number; nesterov: boolean; weightDecay: number };
    outputs: [];
  };
}

/** Gradient descent as PyTorch's `SGD` computes it: the learning rate is outside the velocity. */
export const sgd = defineOperation<"sgd", SgdKernels>({
  name: "sgd",
  kernels: {
    EosinSgd: {
      shape: () => [],
      composed: (tf, { variable, gradient, velocity }, { learningRate, momentum, nesterov, weightDecay }) => {
        const slope = weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(variable, weightDecay));
        velocity?.assign(tf.add(tf.mul(velocity, momentum), slope));
        const ahead = velocity && nesterov ? tf.add(slope, tf.mul(velocity, momentum)) : undefined;
        variable.assign(tf.sub(variable, tf.mul(ahead ?? velocity ?? slope, learningRate)));
        return [];
      },
    },
  },
  method:
    ({ tf, run }) =>
    (updates, { learningRate, momentum, nesterov, weightDecay }) => {
      const attrs = { learningRate, momentum, nesterov, weightDecay };
      for (const { variable, gradient, velocity } of updates) {
        for (const each of [variable, velocity]) if (each) ownData(tf, each);
        // A key whose value is undefined would be among the kernel's inputs.
        run("EosinSgd", { variable, gradient, ...(velocity && { velocity }) }, attrs);
      }
    },
  cases: [
    {
      name: "sgd, three steps, with and without momentum and weight decay",
      async check(engine, tolerance) {
        for (const [momentum, nesterov, weightDecay] of [
          [0, false, 0],
          [0, false, 0.1],
          [0.9, false, 0],
          [0.9, true, 0.1],
        ] as const) {
          const weights = variable(engine, [0.5, -1, 2]);
          const velocity = momentum > 0 ? variable(engine, [0, 0, 0]) : undefined;
          const expected = { w: [0.5, -1, 2], v: [0, 0, 0] };
          const how = { learningRate: 0.1, momentum, nesterov, weightDecay };
          for (let step = 1; step <= 3; step++) {
            const values = [0.1 * step, -0.2, 0.3 / step];
            const gradient = engine.tf.tensor1d(values);
            engine.ops.sgd([{ variable: weights, gradient, velocity }], how);
            gradient.dispose();
            values.forEach((value, i) => {
              const g = value + weightDecay * expected.w[i];
              expected.v[i] = momentum * expected.v[i] + g;
              expected.w[i] -= 0.1 * (nesterov ? g + momentum * expected.v[i] : expected.v[i]);
            });
          }
          expectClose("weights", await weights.data(), expected.w, tolerance);
          if (velocity) expectClose("velocities", await velocity.data(), expected.v, tolerance);
          for (const each of [weights, velocity]) each?.dispose();
        }
      },
    },
  ],
});
