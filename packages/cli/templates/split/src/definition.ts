import { defineSplit } from "@eosin/plugin-api/imaging";
import { options } from "./options.js";

export const definition = defineSplit({
  type: "{{type}}",
  summary: "One fold: samples by turns, after a shuffle within each domain.",
  options,
  create: async (context) => (await import("./split.js")).create(context.options),
});
