import { defineDataset } from "@eosin/plugin-api/imaging";
import { options } from "./options.js";

export const type = "{{type}}";
export const plugin = "{{package}}";

export const definition = defineDataset({
  type,
  summary: "Drawn patches: a dark disc on a light ground, in two colours of light.",
  options,
  create: async (context) => (await import("./dataset.js")).create(context.options),
});
