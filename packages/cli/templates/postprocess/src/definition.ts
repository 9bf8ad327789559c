import { definePostprocess } from "@eosin/plugin-api/imaging";
import { options } from "./options.js";

export const definition = definePostprocess({
  type: "{{type}}",
  summary: "Drops tumour pixels that are almost alone.",
  options,
  create: async (context) => (await import("./postprocess.js")).create(context.options),
});
