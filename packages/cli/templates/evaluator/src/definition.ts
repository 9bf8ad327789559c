import { defineEvaluator } from "@eosin/plugin-api";
import { options } from "./options.js";

export const definition = defineEvaluator({
  type: "{{type}}",
  summary: "Baseline: the darker a pixel, the likelier it is tumour.",
  options,
  produces: "predictions",
  create: async (context) => (await import("./evaluator.js")).create(context),
});
