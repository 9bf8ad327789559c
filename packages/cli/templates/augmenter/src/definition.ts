import { defineAugmenter } from "@eosin/plugin-api/imaging";
import { options } from "./options.js";

export const definition = defineAugmenter({
  type: "{{type}}",
  summary: "Scales all values of a patch by a random factor.",
  options,
  create: async (context) => (await import("./augmenter.js")).create(context.options),
});
