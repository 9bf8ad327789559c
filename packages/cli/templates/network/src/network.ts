import type { Rng } from "@eosin/plugin-api";
import type { Engine, Network, NetworkFactory, NetworkParameter } from "@eosin/plugin-api/learning";
import type { Options } from "./options.js";

type Image = Parameters<Network["forward"]>[0];

/** 3 × 3 convolutions that keep the size, with a rectifier between them. */
export function create({ channels, depth }: Options): NetworkFactory {
  return {
    title: `${depth + 1} convolutions of ${channels} channels`,
    async build(engine, rng) {
      const widths = [3, ...Array.from({ length: depth }, () => channels), 1];
      const parameters = new Map<string, NetworkParameter>();
      for (let layer = 0; layer <= depth; layer++) {
        const name = `layers.${layer}.weight`;
        parameters.set(name, convolution(engine, name, widths[layer], widths[layer + 1], rng.fork(name)));
      }
      const filters = [...parameters.values()].map(({ variable }) => variable as unknown as Image);
      return {
        parameters,
        stride: 1,
        separatesStains: false,
        forward(image) {
          let x = image;
          for (const [layer, filter] of filters.entries()) {
            x = engine.ops.conv2d(x, filter, { stride: 1, padding: [1, 1, 1, 1] });
            if (layer < depth) x = engine.tf.relu(x);
          }
          return { mask: x };
        },
        dispose() {
          for (const { variable } of parameters.values()) variable.dispose();
        },
      };
    },
  };
}

/** A filter (3, 3, inputs, outputs), drawn as He et al. (2015) do. */
function convolution({ tf }: Engine, name: string, inputs: number, outputs: number, rng: Rng): NetworkParameter {
  const deviation = Math.sqrt(2 / (9 * inputs));
  const values = Float32Array.from({ length: 9 * inputs * outputs }, () => rng.normal(0, deviation));
  const variable = tf.tidy(() => tf.variable(tf.tensor4d(values, [3, 3, inputs, outputs])));
  return { name, variable, trainable: true, layout: "conv" };
}
