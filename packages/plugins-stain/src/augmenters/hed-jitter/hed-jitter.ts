import type { ComponentContext } from "@eosin/plugin-api";
import type { Augmenter } from "@eosin/plugin-api/imaging";
import type { z } from "@eosin/plugin-api/zod";
import { jitterHed } from "../../colour-spaces/hed.js";
import { turnedBlack, unsuitablePolicy } from "../../estimation/unsuitable.js";
import type { Triple } from "../../statistics/channel-statistics.js";
import type { hedJitterOptions } from "./options.js";

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
      const scale: Triple = [0, 0, 0];
      const move: Triple = [0, 0, 0];
      for (let c = 0; c < 3; c++) scale[c] = rng.between(1 - theta, 1 + theta);
      for (let c = 0; c < 3; c++) move[c] = rng.between(-halfWidth, halfWidth);
      const image = jitterHed(sample.image, scale, move);
      const flaw = turnedBlack(sample.image.data, image.data);
      if (flaw) {
        policy.leave(sample.id, flaw);
        return sample;
      }
      return { ...sample, image };
    },
  };
}
