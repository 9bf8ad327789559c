import { defineAugmenter } from "@eosin/plugin-api/imaging";
import { lowResolutionOptions } from "./options.js";

export const lowResolution = defineAugmenter({
  type: "data/low-resolution",
  summary: "Takes the picture to a lower resolution and back.",
  options: lowResolutionOptions,
  create: async ({ options }) => (await import("./low-resolution.js")).createLowResolution(options),
});
