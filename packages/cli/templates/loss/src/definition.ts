import { defineLoss } from "@eosin/plugin-api/learning";
import { options } from "./options.js";

export const definition = defineLoss({
  type: "{{type}}",
  summary: "Focal loss of the mask (Lin et al. 2017).",
  options,
  create: async (context) => (await import("./loss.js")).create(context.options),
});
