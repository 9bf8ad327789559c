import { definePostprocess } from "@eosin/plugin-api/imaging";
import { morphologyOptions } from "./options.js";

export const morphology = definePostprocess({
  type: "model/morphology",
  summary: "Dilates, erodes, closes and opens the mask with square kernels, as OpenCV does.",
  options: morphologyOptions,
  create: async ({ options }) => new (await import("./morphology.js")).Morphology(options),
});
