import { defineMetric } from "@eosin/plugin-api/learning";
import { options } from "./options.js";

export const definition = defineMetric({
  type: "{{type}}",
  summary: "Weighted mean of sensitivity and specificity; undefined where one of them is.",
  options,
  create: async (context) => (await import("./metric.js")).create(context.options),
});
