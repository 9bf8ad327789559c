import { defineAugmenter } from "@eosin/plugin-api/imaging";
import { colourJitterOptions } from "./options.js";

export const colourJitter = defineAugmenter({
  type: "stain/colour-jitter",
  summary: "Changes brightness, contrast, saturation and hue, in random order.",
  options: colourJitterOptions,
  create: async ({ options }) => (await import("./colour-jitter.js")).createColourJitter(options),
});
