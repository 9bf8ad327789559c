import { z } from "@eosin/plugin-api/zod";

const probability = z.number().min(0).max(1);

export const flipOptions = z.strictObject({
  horizontal: probability.default(0.5).describe("Probability of left-right."),
  vertical: probability.default(0.5).describe("Probability of top-bottom."),
});

export type FlipOptions = z.output<typeof flipOptions>;
