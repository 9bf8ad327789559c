import { z } from "@eosin/plugin-api/zod";

/** How losses of overlap count, in the objects of their options. */
export const overlapOptions = {
  smooth: z
    .number()
    .positive()
    .default(1e-5)
    .describe("Added to numerator and denominator: a class that is neither there nor predicted costs nothing."),
  perSample: z
    .boolean()
    .default(false)
    .describe("Whether overlap is taken of each patch by itself, and averaged; else over all pixels of the batch."),
  background: z
    .boolean()
    .default(false)
    .describe("Whether the background is a class of the overlap too, where it has a logit of its own."),
};
