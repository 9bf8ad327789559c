import { defineAugmenter } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";

export const rotate90 = defineAugmenter({
  type: "data/rotate90",
  summary: "Turns image, mask and densities counter-clockwise by 0 to 3 quarter turns, drawn evenly where it applies.",
  options: z.strictObject({
    p: z.number().min(0).max(1).default(0.5).describe("Probability that it applies; 0 turns may still be drawn then."),
  }),
  create: async ({ options }) => (await import("./rotate90.js")).createRotate90(options),
});
