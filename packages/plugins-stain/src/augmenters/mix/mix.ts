import type { ComponentContext } from "@eosin/plugin-api";
import type { Augmenter } from "@eosin/plugin-api/imaging";
import type { z } from "@eosin/plugin-api/zod";
import { createRandStainNA } from "../randstainna/randstainna.js";
import { createSeparationAugment } from "../separation-augment/separation-augment.js";
import type { mixOptions } from "./options.js";

/**
 * "Mixture of stain augmentation" (Kim et al. 2025): at most one of two methods a sample. What a method does to a sample
 * depends on neither the other's options nor their probabilities. Only RandStainNA has something to learn.
 */
export function createMix(context: ComponentContext<z.output<typeof mixOptions>>): Augmenter {
  const { randStainNA, separation, unsuitable } = context.options;
  const first = createRandStainNA({ ...context, options: { ...randStainNA, p: 1, unsuitable } });
  const second = createSeparationAugment({ ...context, options: { ...separation, p: 1, unsuitable } });
  const mix: Augmenter = {
    apply(sample, rng) {
      const drawn = rng.uniform();
      if (drawn < randStainNA.p) return first.apply(sample, rng.fork("stain/randstainna"));
      if (drawn < randStainNA.p + separation.p) return second.apply(sample, rng.fork("stain/separation-augment"));
      return sample;
    },
  };
  if (first.fit) mix.fit = first.fit;
  return mix;
}
