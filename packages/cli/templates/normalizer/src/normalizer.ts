import type { JsonValue } from "@eosin/plugin-api";
import type { Normalizer, RgbImage } from "@eosin/plugin-api/imaging";
import type { Options } from "./options.js";

/** @param state The mean colour that `fit` measured. */
export function create({ strength }: Options, state?: JsonValue): Normalizer {
  const target = state as readonly number[] | undefined;
  return {
    async fit(samples) {
      const sum = [0, 0, 0];
      let count = 0;
      for await (const { image } of samples) {
        for (const [channel, mean] of meanColour(image).entries()) sum[channel] += mean;
        count++;
      }
      return sum.map((value) => value / Math.max(1, count));
    },
    normalize(image) {
      if (target === undefined) return image;
      const shift = meanColour(image).map((mean, channel) => strength * (target[channel] - mean));
      const data = image.data.map((value, i) => Math.max(0, Math.min(255, Math.round(value + shift[i % 3]))));
      return { width: image.width, height: image.height, data };
    },
  };
}

function meanColour({ data }: RgbImage): number[] {
  const sum = [0, 0, 0];
  for (const [i, value] of data.entries()) sum[i % 3] += value;
  return sum.map((value) => (3 * value) / data.length);
}
