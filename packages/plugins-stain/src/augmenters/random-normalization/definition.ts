import { defineAugmenter } from "@eosin/plugin-api/imaging";
import { randomNormalizationOptions } from "./options.js";

export const randomNormalization = defineAugmenter({
  type: "stain/random-normalization",
  summary: "Normalises a patch to one of several targets, drawn at random.",
  options: randomNormalizationOptions,
  create: async (context) => (await import("./random-normalization.js")).createRandomNormalization(context),
});
