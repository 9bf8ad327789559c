import { z } from "zod";

export const options = z.strictObject({
  lr: z.number().positive().default(3e-4).describe("Learning rate: the length of a step of each weight."),
  beta1: z.number().min(0).lt(1).default(0.9).describe("Share of the moment in the direction of a step."),
  beta2: z.number().min(0).lt(1).default(0.99).describe("Share of the moment that is kept."),
});

export type Options = z.output<typeof options>;
