import { defineOptimizer } from "@eosin/plugin-api/learning";
import { sgdOptions } from "./options.js";

export const sgd = defineOptimizer({
  type: "model/sgd",
  summary: "Stochastic gradient descent with (Nesterov) momentum, in PyTorch's form.",
  options: sgdOptions,
  create: async ({ options }) => new (await import("./sgd.js")).Sgd(options),
});
