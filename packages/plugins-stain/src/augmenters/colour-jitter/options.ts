import { z } from "@eosin/plugin-api/zod";

const factorRange = (low: number, high: number) =>
  z
    .tuple([z.number().min(0), z.number().min(0)])
    .refine(([least, most]) => least <= most, "the first must not exceed the second")
    .default([low, high]);

export const colourJitterOptions = z.object({
  p: z.number().min(0).max(1).default(1).describe("Probability that a patch is changed."),
  brightness: factorRange(0.9, 1.1).describe("Range of the factor of all values."),
  contrast: factorRange(0.9, 1).describe("Range of the factor of the distance to the picture's mean grey."),
  saturation: factorRange(0.9, 1.1).describe("Range of the factor of the distance to each pixel's grey."),
  hue: z.number().min(0).max(0.5).default(0.07).describe("Largest turn of the hue either way, in turns."),
});
