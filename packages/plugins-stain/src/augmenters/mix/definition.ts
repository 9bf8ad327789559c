import { defineAugmenter } from "@eosin/plugin-api/imaging";
import { mixOptions } from "./options.js";

export const mix = defineAugmenter({
  type: "stain/mix",
  summary: "The paper's mixture: RandStainNA or stain-separation augmentation, each for a quarter of the samples.",
  options: mixOptions,
  create: async (context) => (await import("./mix.js")).createMix(context),
});
