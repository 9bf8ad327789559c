import { defineEosinKernel } from "./wasm-kernel.js";

/** One Adam step on one variable and its moments, in place. */
export const adam = defineEosinKernel(
  "EosinAdam",
  ({ tf, native, pointer }) =>
    ({ variable, gradient, first, second }, { step, learningRate, beta1, beta2, epsilon, weightDecay }) => {
      native.adam(
        ...[variable, gradient, first, second].map(pointer),
        tf.util.sizeFromShape(variable.shape),
        learningRate / (1 - beta1 ** step),
        Math.sqrt(1 - beta2 ** step),
        beta1,
        beta2,
        epsilon,
        weightDecay,
      );
      return [];
    },
);
