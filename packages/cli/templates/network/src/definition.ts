import { defineNetwork } from "@eosin/plugin-api/learning";
import { options } from "./options.js";

export const definition = defineNetwork({
  type: "{{type}}",
  summary: "A few convolutions in a row, one logit a pixel.",
  options,
  usesEngine: true,
  create: async (context) => (await import("./network.js")).create(context.options),
});
