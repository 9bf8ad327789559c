import { z } from "@eosin/plugin-api/zod";
import { probability, range } from "../option-schemas.js";

export const elasticOptions = z.strictObject({
  p: probability.default(0.2).describe("Probability that a patch is changed."),
  alpha: range({ least: 0, most: 1000 })
    .default([1, 4])
    .describe("Range of the displacements' standard deviation along each axis, in pixels."),
  sigma: range({ least: 1, most: 1000 })
    .default([10, 20])
    .describe("Range of the Gaussian's standard deviation that makes the field smooth, in pixels."),
});

export type ElasticOptions = z.output<typeof elasticOptions>;
