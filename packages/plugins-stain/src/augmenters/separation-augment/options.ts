import { z } from "@eosin/plugin-api/zod";
import { unsuitableOption } from "../../estimation/unsuitable-option.js";

const spread = z.number().min(0);

export const separationAugmentOptions = z.object({
  p: z.number().min(0).max(1).default(1).describe("Probability that a patch is changed."),
  separation: z
    .enum(["spcn", "macenko"])
    .default("spcn")
    .describe(
      "How stains are found: as the paper does, or by Macenko's method in StainTools' form (white is 255 then).",
    ),
  distribution: z
    .enum(["normal", "uniform"])
    .default("normal")
    .describe("Spreads are standard deviations, or half-widths, as StainTools, torchstain and TIAToolbox draw."),
  densityScale: spread.default(0.2).describe("Spread of the factor of each stain's densities, about 1."),
  densityShift: spread
    .default(0.1)
    .describe("Spread of what is added to each stain's densities, about 0, in optical density."),
  saturation: spread.default(0.1).describe("Spread of the factor of each stain colour's HSV saturation, about 1."),
  value: spread.default(0.05).describe("Spread of the factor of each stain colour's HSV value, about 1."),
  pixels: z.enum(["tissue", "all"]).default("tissue").describe("Which pixels change."),
  tissueLightness: z
    .number()
    .gt(0)
    .max(1)
    .default(0.8)
    .describe("Tissue is darker than this share of white (8-bit L/255, brightness standardised)."),
  ...unsuitableOption,
});
