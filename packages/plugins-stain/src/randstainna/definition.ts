import { defineAugmenter } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";
import { unsuitableOption } from "../separation/unsuitable-option.js";

const triple = z.tuple([z.number(), z.number(), z.number()]);
const spread = z.strictObject({ mean: triple, std: triple.refine((all) => all.every((std) => std >= 0), "negative") });

export const randStainNAOptions = z.object({
  p: z.number().min(0).max(1).default(1),
  /** `hed` is followed by a stretch of the whole picture to 0…255, as in the original. */
  colourSpace: z.enum(["lab", "hsv", "hed"]).default("lab"),
  /**
   * How targets are drawn about the template. `laplace` takes the template's deviation for its scale, as the original
   * does, which is √2 wider than the name says; `laplace-matched` has that deviation. `uniform`: ± 3 deviations.
   */
  distribution: z.enum(["normal", "laplace", "laplace-matched", "uniform"]).default("normal"),
  /** Widens (> 0) or narrows (< 0) the template's deviations: × (1 + stdHyper). */
  stdHyper: z.number().min(-1).default(0),
  /**
   * Mean and deviation, over images, of the channels' means (`average`) and of their deviations (`deviation`), in the
   * units of the colour space: bytes (LAB, HSV with hue 0…179) or densities (HED). Learned from the training part unless given.
   */
  template: z.strictObject({ average: spread, deviation: spread }).optional(),
  ...unsuitableOption,
});

export const randStainNA = defineAugmenter({
  type: "stain/randstainna",
  summary: "Draws a target appearance from the training part's colour statistics and normalises to it (Shen 2022).",
  options: randStainNAOptions,
  create: async (context) => (await import("./randstainna.js")).createRandStainNA(context),
});
