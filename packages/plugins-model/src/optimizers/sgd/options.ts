import { z } from "@eosin/plugin-api/zod";
import { parameterGroups } from "../parameter-groups.js";

export const sgdOptions = z
  .strictObject({
    lr: z.number().positive().default(1e-2).describe("Learning rate, before the schedule."),
    momentum: z.number().min(0).lt(1).default(0).describe("Share of the last update that is kept in the next."),
    nesterov: z.boolean().default(false).describe("Nesterov's momentum: the gradient is taken a step ahead."),
    weightDecay: z.number().min(0).default(0).describe("Added to the gradient as weightDecay · weight."),
    groups: parameterGroups,
  })
  .refine(({ momentum, nesterov }) => !nesterov || momentum > 0, {
    message: "nesterov needs a momentum above 0",
    path: ["nesterov"],
  });

export type SgdOptions = z.output<typeof sgdOptions>;
