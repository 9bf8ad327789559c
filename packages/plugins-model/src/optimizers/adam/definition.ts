import { defineOptimizer } from "@eosin/plugin-api/learning";
import { z } from "@eosin/plugin-api/zod";

export const adamOptions = z.strictObject({
  lr: z.number().positive().default(1e-3),
  beta1: z.number().min(0).lt(1).default(0.9),
  beta2: z.number().min(0).lt(1).default(0.999),
  epsilon: z.number().positive().default(1e-8),
  weightDecay: z
    .number()
    .min(0)
    .default(0)
    .describe("Added to the gradient as weightDecay · weight (L2, not decoupled)."),
});

export type AdamOptions = z.output<typeof adamOptions>;

export const adam = defineOptimizer({
  type: "model/adam",
  summary: "Adam (Kingma & Ba, 2015), bias-corrected, ε outside the square root.",
  options: adamOptions,
  create: async ({ options }) => new (await import("./adam.js")).Adam(options),
});
