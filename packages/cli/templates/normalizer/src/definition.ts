import { defineNormalizer } from "@eosin/plugin-api/imaging";
import { options } from "./options.js";

export const definition = defineNormalizer({
  type: "{{type}}",
  summary: "Moves the mean colour of a patch to that of the training patches.",
  options,
  create: async (context) => (await import("./normalizer.js")).create(context.options, context.state),
});
