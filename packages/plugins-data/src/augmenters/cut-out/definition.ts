import { defineAugmenter } from "@eosin/plugin-api/imaging";
import { cutOutOptions } from "./options.js";

export const cutOut = defineAugmenter({
  type: "data/cut-out",
  summary: "Covers rectangles of the picture (DeVries 2017).",
  options: cutOutOptions,
  create: async ({ options }) => (await import("./cut-out.js")).createCutOut(options),
});
