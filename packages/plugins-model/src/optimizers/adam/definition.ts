import { defineOptimizer } from "@eosin/plugin-api/learning";
import { adamOptions } from "./options.js";

export const adam = defineOptimizer({
  type: "model/adam",
  summary: "Adam (Kingma & Ba, 2015), bias-corrected, ε outside the square root.",
  options: adamOptions,
  create: async ({ options }) => new (await import("./adam.js")).Adam(options),
});
