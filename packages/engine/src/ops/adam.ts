import type { EngineOps, Tf } from "@eosin/plugin-api/learning";
import { type Operation, runKernel } from "./operation.js";
import { ownData } from "./own-data.js";

/** Kingma & Ba (2015), algorithm 1, as PyTorch's `Adam` computes it (ε outside the root; weight decay into the gradient). */
export const adam: Operation = {
  kernels: {
    EosinAdam: (tf, { variable, gradient, first, second }, how) => {
      const { step, learningRate, beta1, beta2, epsilon, weightDecay } = how;
      const g = weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(variable, weightDecay));
      first.assign(tf.add(tf.mul(first, beta1), tf.mul(g, 1 - beta1)));
      second.assign(tf.add(tf.mul(second, beta2), tf.mul(tf.square(g), 1 - beta2)));
      const deviation = tf.add(tf.div(tf.sqrt(second), Math.sqrt(1 - beta2 ** step)), epsilon);
      variable.assign(tf.sub(variable, tf.mul(tf.div(first, deviation), learningRate / (1 - beta1 ** step))));
      return [];
    },
  },
  gradients: () => [],
};

export function createAdam(tf: Tf): EngineOps["adam"] {
  return (updates, { step, learningRate, beta1, beta2, epsilon, weightDecay }) => {
    for (const { variable, gradient, first, second } of updates) {
      for (const each of [variable, first, second]) ownData(tf, each);
      const attrs = { step, learningRate, beta1, beta2, epsilon, weightDecay };
      runKernel(tf, "EosinAdam", { variable, gradient, first, second }, attrs);
    }
  };
}
