import { defineAugmenter } from "@eosin/plugin-api/imaging";
import { flipOptions } from "./options.js";

export const flip = defineAugmenter({
  type: "data/flip",
  summary: "Mirrors image, mask and densities, left-right and top-bottom, each with its own probability.",
  options: flipOptions,
  create: async ({ options }) => (await import("./flip.js")).createFlip(options),
});
