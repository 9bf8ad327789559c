import { defineAugmenter } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";
import { unsuitableOption } from "../separation/unsuitable-option.js";

const spread = z.number().min(0);

export const separationAugmentOptions = z.object({
  p: z.number().min(0).max(1).default(1),
  /** How the stains are found: as the paper does it, or by Macenko's method in StainTools' form (white is 255 then). */
  separation: z.enum(["spcn", "macenko"]).default("spcn"),
  /** Spreads are standard deviations (`normal`) or half-widths (`uniform`, as StainTools, torchstain and TIAToolbox draw). */
  distribution: z.enum(["normal", "uniform"]).default("normal"),
  /** Spread of the factor of each stain's densities, about 1. */
  densityScale: spread.default(0.2),
  /** Spread of what is added to each stain's densities, about 0, in units of optical density. */
  densityShift: spread.default(0.1),
  /** Spread of the factor of each stain colour's HSV saturation, about 1. */
  saturation: spread.default(0.1),
  /** Spread of the factor of each stain colour's HSV value, about 1. */
  value: spread.default(0.05),
  /** Which pixels change. */
  pixels: z.enum(["tissue", "all"]).default("tissue"),
  /** Tissue is darker than this share of white (8-bit L/255, brightness standardised). */
  tissueLightness: z.number().gt(0).max(1).default(0.8),
  ...unsuitableOption,
});

export const separationAugment = defineAugmenter({
  type: "stain/separation-augment",
  summary: "Separates the stains, perturbs their densities and colours, and recomposes the picture.",
  options: separationAugmentOptions,
  create: async (context) => (await import("./separation-augment.js")).createSeparationAugment(context),
});
