import { z } from "@eosin/plugin-api/zod";
import { probability, range } from "../option-schemas.js";

const level = z.int().min(0).max(255);

export const cutOutOptions = z.strictObject({
  p: probability.default(0.5).describe("Probability that a patch is changed."),
  count: z
    .tuple([z.int().min(1).max(1000), z.int().min(1).max(1000)])
    .refine(([low, high]) => low <= high, "the first must not exceed the second")
    .default([1, 1])
    .describe("Range of the number of rectangles."),
  size: range({ least: 0, most: 1 })
    .default([0.1, 0.3])
    .describe("Range of a rectangle's sides, as shares of the picture's; each side is drawn."),
  fill: z
    .union([z.literal("mean"), z.tuple([level, level, level])])
    .default("mean")
    .describe("What covers it: the picture's mean colour, or red, green and blue."),
  labels: z
    .enum(["keep", "ignore"])
    .default("keep")
    .describe("Whether covered pixels keep their labels, or count as ignored: nothing is learned there then."),
});

export type CutOutOptions = z.output<typeof cutOutOptions>;
