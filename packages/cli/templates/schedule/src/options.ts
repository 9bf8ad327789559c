import { z } from "zod";

export const options = z.strictObject({
  drops: z.int().min(1).max(20).default(2).describe("How often the rate falls, at equal distances."),
  factor: z.number().gt(0).max(1).default(0.1).describe("What each fall multiplies it by."),
});

export type Options = z.output<typeof options>;
