import { z } from "@eosin/plugin-api/zod";
import { parameterGroups } from "../parameter-groups.js";

export const adamwOptions = z.strictObject({
  lr: z.number().positive().default(1e-3).describe("Learning rate, before the schedule."),
  beta1: z.number().min(0).lt(1).default(0.9).describe("Decay of the mean of gradients."),
  beta2: z.number().min(0).lt(1).default(0.999).describe("Decay of the mean of squared gradients."),
  epsilon: z.number().positive().default(1e-8).describe("Added to the root of the mean square."),
  weightDecay: z
    .number()
    .min(0)
    .default(0.01)
    .describe("Decoupled: each step multiplies weights by 1 − learning rate · weightDecay, the schedule included."),
  decayNormsAndBiases: z
    .boolean()
    .default(false)
    .describe("Whether norms and biases (parameters of one dimension) decay too, in every group."),
  groups: parameterGroups,
});

export type AdamwOptions = z.output<typeof adamwOptions>;
