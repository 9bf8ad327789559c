import type { EngineOps, Tf } from "@eosin/plugin-api/learning";
import { type Operation, runKernel } from "./operation.js";
import { ownData } from "./own-data.js";

/** Gradient descent as PyTorch's `SGD` computes it: the learning rate stands outside the velocity. */
export const sgd: Operation = {
  kernels: {
    EosinSgd: (tf, { variable, gradient, velocity }, { learningRate, momentum, nesterov, weightDecay }) => {
      const slope = weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(variable, weightDecay));
      velocity?.assign(tf.add(tf.mul(velocity, momentum), slope));
      const ahead = velocity && nesterov ? tf.add(slope, tf.mul(velocity, momentum)) : undefined;
      variable.assign(tf.sub(variable, tf.mul(ahead ?? velocity ?? slope, learningRate)));
      return [];
    },
  },
  gradients: () => [],
};

export function createSgd(tf: Tf): EngineOps["sgd"] {
  return (updates, { learningRate, momentum, nesterov, weightDecay }) => {
    const attrs = { learningRate, momentum, nesterov, weightDecay };
    for (const { variable, gradient, velocity } of updates) {
      for (const each of [variable, velocity]) if (each) ownData(tf, each);
      // A key whose value is undefined would stand among the kernel's inputs.
      runKernel(tf, "EosinSgd", { variable, gradient, ...(velocity && { velocity }) }, attrs);
    }
  };
}
