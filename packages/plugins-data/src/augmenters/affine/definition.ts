import { defineAugmenter } from "@eosin/plugin-api/imaging";
import { affineOptions } from "./options.js";

export const affine = defineAugmenter({
  type: "data/affine",
  summary: "Turns, scales, shears and shifts image, mask and densities, in one resampling.",
  options: affineOptions,
  create: async ({ options }) => (await import("./affine.js")).createAffine(options),
});
