import type { ComponentContext } from "@eosin/plugin-api";
import type { Augmenter } from "@eosin/plugin-api/imaging";
import type { z } from "zod";
import { hedToRgb, rgbToHed } from "../colour/hed.js";
import { turnedBlack, unsuitablePolicy } from "../separation/unsuitable.js";
import type { hedJitterOptions } from "./definition.js";

/**
 * Tellez et al. 2018: each channel of HED becomes s·U(1−θ, 1+θ) + U(−shift, shift), all pixels alike. Density targets stay as
 * they are: three fixed vectors are perturbed, not the two stains that the targets measure. A picture of pure colours of
 * light, which no densities of these vectors make, passes through where it would turn black.
 */
export function createHedJitter({ options, log }: ComponentContext<z.output<typeof hedJitterOptions>>): Augmenter {
  const { p, theta, shift: halfWidth = theta, unsuitable } = options;
  const policy = unsuitablePolicy("stain/hed-jitter", { unsuitable, log });
  return {
    apply(sample, rng) {
      if (!rng.chance(p)) return sample;
      const { width, height, data: source } = sample.image;
      const scale = [0, 1, 2].map(() => rng.between(1 - theta, 1 + theta));
      const shift = [0, 1, 2].map(() => rng.between(-halfWidth, halfWidth));
      const values = new Float64Array(source.length);
      rgbToHed(source, values);
      for (let i = 0; i + 2 < values.length; i += 3) {
        values[i] = values[i] * scale[0] + shift[0];
        values[i + 1] = values[i + 1] * scale[1] + shift[1];
        values[i + 2] = values[i + 2] * scale[2] + shift[2];
      }
      hedToRgb(values, values);
      const data = new Uint8Array(source.length);
      for (let i = 0; i < data.length; i++) data[i] = values[i] * 255 + 0.5;
      const flaw = turnedBlack(source, data);
      if (flaw) {
        policy.leave(sample.id, flaw);
        return sample;
      }
      return { ...sample, image: { width, height, data } };
    },
  };
}
