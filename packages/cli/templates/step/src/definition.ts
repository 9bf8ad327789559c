import { defineStep } from "@eosin/plugin-api";
import { domainCounts, options } from "./options.js";

export const definition = defineStep({
  type: "{{type}}",
  summary: "Counts the samples of each domain: a table as CSV.",
  options,
  produces: domainCounts,
  create: async (context) => (await import("./step.js")).create(context.options),
});
