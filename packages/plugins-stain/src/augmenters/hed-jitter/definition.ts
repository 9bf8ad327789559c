import { defineAugmenter } from "@eosin/plugin-api/imaging";
import { hedJitterOptions } from "./options.js";

export const hedJitter = defineAugmenter({
  type: "stain/hed-jitter",
  summary: "Scales and shifts haematoxylin, eosin and DAB densities (Tellez 2018).",
  options: hedJitterOptions,
  create: async (context) => (await import("./hed-jitter.js")).createHedJitter(context),
});
