import { defineAugmenter } from "@eosin/plugin-api/imaging";
import { oneOfOptions } from "./options.js";

export const oneOf = defineAugmenter({
  type: "stain/one-of",
  summary: "Applies one of several augmenters, or none, by their probabilities.",
  options: oneOfOptions,
  create: async (context) => (await import("./one-of.js")).createOneOf(context),
});
