import { defineAugmenter } from "@eosin/plugin-api/imaging";
import { gammaOptions } from "./options.js";

export const gamma = defineAugmenter({
  type: "data/gamma",
  summary: "Raises each channel to a power within its own range, also inverted, and keeps its mean and deviation.",
  options: gammaOptions,
  create: async ({ options }) => (await import("./gamma.js")).createGamma(options),
});
