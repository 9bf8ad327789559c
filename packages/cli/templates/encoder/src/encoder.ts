import { type Encoder, type EncoderFactory, imagenetNormalization } from "@eosin/plugin-api/learning";
import type { Options } from "./options.js";

type Image = Parameters<Encoder["features"]>[0];

/** 3 × 3 convolutions that halve the image, with a rectifier behind each: features at strides 2, 4, 8… */
export function create({ channels, depth }: Options): EncoderFactory {
  const widths = Array.from({ length: depth }, (_, level) => channels * 2 ** level);
  return {
    title: `${depth} strided convolutions from ${channels} channels`,
    traits: {
      strides: widths.map((_, level) => 2 ** (level + 1)),
      channels: widths,
      normalization: imagenetNormalization,
    },
    build(builder) {
      const { ops, tf } = builder.engine;
      const filters = widths.map((outputs, level) => {
        const inputs = widths[level - 1] ?? 3;
        // Drawn as He et al. (2015) do: the variance stays what it is through the rectifiers.
        const deviation = Math.sqrt(2 / (9 * inputs));
        return builder.add(`layers.${level}.weight`, {
          shape: [3, 3, inputs, outputs],
          layout: "conv",
          initial(values, _, rng) {
            for (let i = 0; i < values.length; i++) values[i] = rng.normal(0, deviation);
          },
        }) as unknown as Image;
      });
      return {
        features(image) {
          let x = image;
          return filters.map((filter) => {
            x = tf.relu(ops.conv2d(x, filter, { stride: 2, padding: [1, 1, 1, 1] }));
            return x;
          });
        },
      };
    },
  };
}
