import { z } from "@eosin/plugin-api/zod";
import { classWeightsOption } from "../class-weights.js";

export const focalOptions = z.strictObject({
  gamma: z
    .number()
    .min(0)
    .max(10)
    .default(2)
    .describe("How much pixels count less that are right already; 0: not at all."),
  classWeights: classWeightsOption.describe(
    "α: one weight a class, the background first, e.g. [0.75, 0.25] for α = 0.25. Without it all are 1.",
  ),
});

export type FocalOptions = z.output<typeof focalOptions>;
