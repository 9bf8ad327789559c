import { defineSchedule } from "@eosin/plugin-api/learning";
import { polynomialOptions } from "./options.js";

export const polynomial = defineSchedule({
  type: "model/polynomial",
  summary: "Falls as (1 − progress)^power, as nnU-Net does with power 0.9.",
  options: polynomialOptions,
  create: async ({ options }) => (await import("./polynomial.js")).createPolynomial(options),
});
