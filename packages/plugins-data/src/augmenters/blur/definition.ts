import { defineAugmenter } from "@eosin/plugin-api/imaging";
import { blurOptions } from "./options.js";

export const blur = defineAugmenter({
  type: "data/blur",
  summary: "Blurs the picture by a Gaussian.",
  options: blurOptions,
  create: async ({ options }) => (await import("./blur.js")).createBlur(options),
});
