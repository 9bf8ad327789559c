import { defineAugmenter } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";

const probability = z.number().min(0).max(1);

export const flip = defineAugmenter({
  type: "data/flip",
  summary: "Mirrors image, mask and densities, left-right and top-bottom, each with its own probability.",
  options: z.strictObject({
    horizontal: probability.default(0.5).describe("Probability of left-right."),
    vertical: probability.default(0.5).describe("Probability of top-bottom."),
  }),
  create: async ({ options }) => (await import("./flip.js")).createFlip(options),
});
