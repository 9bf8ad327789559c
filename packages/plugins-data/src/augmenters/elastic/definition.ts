import { defineAugmenter } from "@eosin/plugin-api/imaging";
import { elasticOptions } from "./options.js";

export const elastic = defineAugmenter({
  type: "data/elastic",
  summary: "Moves image, mask and densities by a smooth random field (Simard 2003), in one resampling.",
  options: elasticOptions,
  create: async ({ options }) => (await import("./elastic.js")).createElastic(options),
});
