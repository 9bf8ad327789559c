import { defineAugmenter } from "@eosin/plugin-api/imaging";
import { separationAugmentOptions } from "./options.js";

export const separationAugment = defineAugmenter({
  type: "stain/separation-augment",
  summary: "Separates the stains, perturbs their densities and colours, and recomposes the picture.",
  options: separationAugmentOptions,
  create: async (context) => (await import("./separation-augment.js")).createSeparationAugment(context),
});
