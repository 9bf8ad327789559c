import type { Optimizer } from "@eosin/plugin-api/learning";
import type { Options } from "./options.js";

/** w ← w − lr · sign(β₁·m + (1 − β₁)·g), m ← β₂·m + (1 − β₂)·g */
export function create({ lr, beta1, beta2 }: Options): Optimizer {
  return {
    learningRate: lr,
    attach({ tf }, variables) {
      const moments = new Map(
        [...variables].map(([name, variable]) => [
          `moment/${name}`,
          tf.tidy(() => tf.variable(tf.zerosLike(variable))),
        ]),
      );
      const mix = (share: number, moment: Parameters<typeof tf.mul>[0], gradient: Parameters<typeof tf.mul>[0]) =>
        tf.add(tf.mul(moment, share), tf.mul(gradient, 1 - share));
      return {
        state: moments,
        update(gradients, { learningRate }) {
          tf.tidy(() => {
            for (const [name, gradient] of gradients) {
              const variable = variables.get(name);
              const moment = moments.get(`moment/${name}`);
              if (!variable || !moment) continue;
              const direction = tf.sign(mix(beta1, moment, gradient));
              variable.assign(tf.sub(variable, tf.mul(direction, learningRate)));
              moment.assign(mix(beta2, moment, gradient));
            }
          });
        },
        dispose() {
          for (const moment of moments.values()) moment.dispose();
        },
      };
    },
  };
}
