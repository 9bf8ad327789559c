import { defineAugmenter } from "@eosin/plugin-api/imaging";
import { noiseOptions } from "./options.js";

export const noise = defineAugmenter({
  type: "data/noise",
  summary: "Adds Gaussian noise to the picture.",
  options: noiseOptions,
  create: async ({ options }) => (await import("./noise.js")).createNoise(options),
});
