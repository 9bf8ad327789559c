import { defineEncoder } from "@eosin/plugin-api/learning";
import { options } from "./options.js";

export const definition = defineEncoder({
  type: "{{type}}",
  summary: "A strided convolution a feature, with a rectifier behind it.",
  options,
  usesEngine: true,
  create: async (context) => (await import("./encoder.js")).create(context.options),
});
