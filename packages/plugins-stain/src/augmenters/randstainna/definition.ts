import { defineAugmenter } from "@eosin/plugin-api/imaging";
import { randStainNAOptions } from "./options.js";

export const randStainNA = defineAugmenter({
  type: "stain/randstainna",
  summary: "Draws a target appearance from the training part's colour statistics and normalises to it (Shen 2022).",
  options: randStainNAOptions,
  create: async (context) => (await import("./randstainna.js")).createRandStainNA(context),
});
