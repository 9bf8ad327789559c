import type { Tensor, Variable } from "@tensorflow/tfjs-core";
import { expectClose, variable } from "../cases/expect.js";
import { defineOperation } from "./operation.js";
import { ownData } from "./own-data.js";

export interface AdamKernels {
  /**
   * g = gradient + weightDecay·variable; first = β₁·first + (1 − β₁)·g; second = β₂·second + (1 − β₂)·g²;
   * variable −= learningRate/(1 − β₁^step) · first / (√second/√(1 − β₂^step) + ε). With `decoupled`, g is the gradient, and
   * the variable is multiplied by 1 − learningRate·weightDecay first. In place; any shape.
   */
  EosinAdam: {
    inputs: { variable: Variable; gradient: Tensor; first: Variable; second: Variable };
    attrs: {
      step: number;
      learningRate: number;
      beta1: number;
      beta2: number;
      epsilon: number;
      weightDecay: number;
      decoupled: boolean;
    };
    outputs: [];
  };
}

/** The two ways of decay, of which one does nothing. */
export interface AdamDecay {
  /** Times the weight, added to the gradient. */
  readonly intoGradient: number;
  /** What the weight is multiplied by. */
  readonly shrink: number;
}

export function adamDecay(how: { learningRate: number; weightDecay: number; decoupled?: boolean }): AdamDecay {
  const { learningRate, weightDecay, decoupled } = how;
  return decoupled
    ? { intoGradient: 0, shrink: 1 - learningRate * weightDecay }
    : { intoGradient: weightDecay, shrink: 1 };
}

/**
 * Kingma & Ba (2015), algorithm 1, as PyTorch's `Adam` computes it (ε outside the root; weight decay into the gradient), or
 * its `AdamW` (Loshchilov & Hutter, 2019, algorithm 2).
 */
export const adam = defineOperation<"adam", AdamKernels>({
  name: "adam",
  kernels: {
    EosinAdam: {
      shape: () => [],
      composed: (tf, { variable, gradient, first, second }, how) => {
        const { step, learningRate, beta1, beta2, epsilon } = how;
        const { intoGradient, shrink } = adamDecay(how);
        const g = intoGradient === 0 ? gradient : tf.add(gradient, tf.mul(variable, intoGradient));
        first.assign(tf.add(tf.mul(first, beta1), tf.mul(g, 1 - beta1)));
        second.assign(tf.add(tf.mul(second, beta2), tf.mul(tf.square(g), 1 - beta2)));
        const deviation = tf.add(tf.div(tf.sqrt(second), Math.sqrt(1 - beta2 ** step)), epsilon);
        const shrunk = shrink === 1 ? variable : tf.mul(variable, shrink);
        variable.assign(tf.sub(shrunk, tf.mul(tf.div(first, deviation), learningRate / (1 - beta1 ** step))));
        return [];
      },
    },
  },
  method:
    ({ tf, run }) =>
    (updates, { step, learningRate, beta1, beta2, epsilon, weightDecay, decoupled = false }) => {
      for (const { variable, gradient, first, second } of updates) {
        for (const each of [variable, first, second]) ownData(tf, each);
        const attrs = { step, learningRate, beta1, beta2, epsilon, weightDecay, decoupled };
        run("EosinAdam", { variable, gradient, first, second }, attrs);
      }
    },
  cases: [
    {
      name: "adam, three steps, without weight decay, with it, and with decoupled decay",
      async check(engine, tolerance) {
        const { ops } = engine;
        for (const [weightDecay, decoupled] of [
          [0, false],
          [0.1, false],
          [0.1, true],
        ] as const) {
          const [weights, first, second] = [
            [0.5, -1, 2],
            [0, 0, 0],
            [0, 0, 0],
          ].map((values) => variable(engine, values));
          const expected = { w: [0.5, -1, 2], m: [0, 0, 0], v: [0, 0, 0] };
          const how = { learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay, decoupled };
          for (let step = 1; step <= 3; step++) {
            const values = [0.1 * step, -0.2, 0.3 / step];
            const gradient = engine.tf.tensor1d(values);
            ops.adam([{ variable: weights, gradient, first, second }], { step, ...how });
            gradient.dispose();
            values.forEach((value, i) => {
              const g = decoupled ? value : value + weightDecay * expected.w[i];
              expected.m[i] = 0.9 * expected.m[i] + 0.1 * g;
              expected.v[i] = 0.999 * expected.v[i] + 0.001 * g * g;
              const deviation = Math.sqrt(expected.v[i] / (1 - 0.999 ** step)) + 1e-8;
              if (decoupled) expected.w[i] *= 1 - 0.01 * weightDecay;
              expected.w[i] -= (0.01 * (expected.m[i] / (1 - 0.9 ** step))) / deviation;
            });
          }
          expectClose("weights", await weights.data(), expected.w, tolerance);
          expectClose("first moments", await first.data(), expected.m, tolerance);
          expectClose("second moments", await second.data(), expected.v, tolerance);
          for (const each of [weights, first, second]) each.dispose();
        }
      },
    },
  ],
});
