import { defineAugmenter } from "@eosin/plugin-api/imaging";
import { contrastOptions } from "./options.js";

export const contrast = defineAugmenter({
  type: "data/contrast",
  summary: "Spreads or draws together each channel about its own mean, within its own range.",
  options: contrastOptions,
  create: async ({ options }) => (await import("./contrast.js")).createContrast(options),
});
