import { defineAugmenter } from "@eosin/plugin-api/imaging";
import { brightnessOptions } from "./options.js";

export const brightness = defineAugmenter({
  type: "data/brightness",
  summary: "Multiplies the picture's values, channel by channel.",
  options: brightnessOptions,
  create: async ({ options }) => (await import("./brightness.js")).createBrightness(options),
});
