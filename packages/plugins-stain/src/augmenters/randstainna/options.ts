import { z } from "@eosin/plugin-api/zod";
import { unsuitableOption } from "../../estimation/unsuitable-option.js";

const triple = z.tuple([z.number(), z.number(), z.number()]);

const spread = z.strictObject({
  mean: triple.describe("Mean over images, by channel."),
  std: triple
    .refine((all) => all.every((std) => std >= 0), "negative")
    .describe("Standard deviation over images, by channel."),
});

export const randStainNAOptions = z.object({
  p: z.number().min(0).max(1).default(1).describe("Probability that a patch is changed."),
  colourSpace: z
    .enum(["lab", "hsv", "hed"])
    .default("lab")
    .describe("Where statistics are moved; hed stretches the whole picture to 0…255 afterwards, as the original does."),
  // The original's Laplace takes the template's deviation for its scale, which is √2 wider than the name says.
  distribution: z
    .enum(["normal", "laplace", "laplace-matched", "uniform"])
    .default("normal")
    .describe(
      "How targets are drawn about the template; laplace is √2 wider than laplace-matched, as in the original; uniform: ± 3 deviations.",
    ),
  stdHyper: z
    .number()
    .min(-1)
    .default(0)
    .describe("Widens (above 0) or narrows (below) the template's deviations: × (1 + stdHyper)."),
  template: z
    .strictObject({
      average: spread.describe("Of the channels' means."),
      deviation: spread.describe("Of the channels' deviations."),
    })
    .optional()
    .describe(
      "Colour statistics in the space's units: bytes (LAB, HSV with hue 0…179) or densities (HED); learned from the training part unless given.",
    ),
  ...unsuitableOption,
});
