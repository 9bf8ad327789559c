import { defineSeparator } from "@eosin/plugin-api/imaging";
import { options } from "./options.js";

export const definition = defineSeparator({
  type: "{{type}}",
  summary: "Haematoxylin and eosin along fixed vectors, by least squares.",
  options,
  create: async (context) => (await import("./separator.js")).create(context.options),
});
