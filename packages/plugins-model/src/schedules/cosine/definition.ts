import { defineSchedule } from "@eosin/plugin-api/learning";
import { cosineOptions } from "./options.js";

export const cosine = defineSchedule({
  type: "model/cosine",
  summary: "Falls along half a cosine to zero (Loshchilov & Hutter, 2017), after an optional linear warm-up.",
  options: cosineOptions,
  create: async ({ options }) => (await import("./cosine.js")).createCosine(options),
});
