import { defineAugmenter } from "@eosin/plugin-api/imaging";
import { z } from "zod";

export const brightness = defineAugmenter({
  type: "toy/brightness",
  summary: "Scales all channels by one random factor.",
  options: z.strictObject({
    /** Largest relative change, 0…1. */
    by: z.number().min(0).max(1).default(0.2),
  }),
  create: ({ options }) => ({
    apply(sample, rng) {
      const factor = rng.between(1 - options.by, 1 + options.by);
      const { width, height, data } = sample.image;
      return { ...sample, image: { width, height, data: data.map((value) => Math.min(255, value * factor)) } };
    },
  }),
});
