import type { Augmenter } from "@eosin/plugin-api/imaging";
import type { z } from "zod";
import type { Triple } from "../colour/channel-statistics.js";
import { jitterHed } from "../colour/hed.js";
import type { hedJitterOptions } from "./definition.js";

/**
 * Tellez et al. 2018: each channel of HED becomes s·U(1−θ, 1+θ) + U(−shift, shift), all pixels alike. Density targets stay as
 * they are: three fixed vectors are perturbed, not the two stains that the targets measure.
 */
export function createHedJitter({ p, theta, shift: halfWidth = theta }: z.output<typeof hedJitterOptions>): Augmenter {
  return {
    apply(sample, rng) {
      if (!rng.chance(p)) return sample;
      const { width, height, data: source } = sample.image;
      const scale: Triple = [0, 0, 0];
      const move: Triple = [0, 0, 0];
      for (let c = 0; c < 3; c++) scale[c] = rng.between(1 - theta, 1 + theta);
      for (let c = 0; c < 3; c++) move[c] = rng.between(-halfWidth, halfWidth);
      const data = jitterHed(source, scale, move);
      return { ...sample, image: { width, height, data } };
    },
  };
}
