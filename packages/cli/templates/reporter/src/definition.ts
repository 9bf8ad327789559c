import { defineReporter, reportArtifact } from "@eosin/plugin-api";
import { options } from "./options.js";

export const definition = defineReporter({
  type: "{{type}}",
  summary: "A page that counts predicted patches by scanner.",
  options,
  produces: reportArtifact,
  create: async (context) => (await import("./reporter.js")).create(context.options),
});
