import { defineSchedule } from "@eosin/plugin-api/learning";
import { z } from "@eosin/plugin-api/zod";

export const polynomial = defineSchedule({
  type: "model/polynomial",
  summary: "Falls as (1 − progress)^power, as nnU-Net does with power 0.9.",
  options: z.strictObject({
    power: z.number().positive().default(0.9).describe("How fast the rate falls; 1 is a line."),
  }),
  create: ({ options: { power } }) => ({ factor: (progress) => (1 - progress) ** power }),
});
