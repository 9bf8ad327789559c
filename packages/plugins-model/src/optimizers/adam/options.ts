import { z } from "@eosin/plugin-api/zod";
import { parameterGroups } from "../parameter-groups.js";

export const adamOptions = z.strictObject({
  lr: z.number().positive().default(1e-3).describe("Learning rate, before the schedule."),
  beta1: z.number().min(0).lt(1).default(0.9).describe("Decay of the mean of gradients."),
  beta2: z.number().min(0).lt(1).default(0.999).describe("Decay of the mean of squared gradients."),
  epsilon: z.number().positive().default(1e-8).describe("Added to the root of the mean square."),
  weightDecay: z
    .number()
    .min(0)
    .default(0)
    .describe("Added to the gradient as weightDecay · weight (L2, not decoupled)."),
  groups: parameterGroups,
});

export type AdamOptions = z.output<typeof adamOptions>;
