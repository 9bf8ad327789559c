import { defineAugmenter } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";

export const greyOptions = z.object({
  p: z.number().min(0).max(1).default(1).describe("Probability that a patch turns grey."),
});

export const grey = defineAugmenter({
  type: "stain/grey",
  summary: "Takes the colour away: each pixel's luma in all three channels.",
  options: greyOptions,
  create: async ({ options }) => (await import("./grey.js")).createGrey(options),
});
