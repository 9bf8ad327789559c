import { defineOptimizer } from "@eosin/plugin-api/learning";
import { adamwOptions } from "./options.js";

export const adamw = defineOptimizer({
  type: "model/adamw",
  summary: "AdamW (Loshchilov & Hutter, 2019): Adam with decoupled weight decay, none on norms and biases by default.",
  options: adamwOptions,
  create: async ({ options }) => new (await import("./adamw.js")).AdamW(options),
});
