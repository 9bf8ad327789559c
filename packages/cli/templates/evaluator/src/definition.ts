import { defineEvaluator } from "@eosin/plugin-api";
import { predictionsArtifact } from "@eosin/plugin-api/imaging";
import { options } from "./options.js";

export const definition = defineEvaluator({
  type: "{{type}}",
  summary: "Baseline: the darker a pixel, the likelier it is tumour.",
  options,
  produces: predictionsArtifact,
  create: async (context) => (await import("./evaluator.js")).create(context),
});
