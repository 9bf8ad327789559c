import { defineOptimizer } from "@eosin/plugin-api/learning";
import { options } from "./options.js";

export const definition = defineOptimizer({
  type: "{{type}}",
  summary: "Lion: steps of one length along the sign of the moment (Chen et al. 2023).",
  options,
  create: async (context) => (await import("./optimizer.js")).create(context.options),
});
