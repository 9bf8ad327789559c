import { z } from "zod";

export const options = z.strictObject({
  gamma: z
    .number()
    .min(0)
    .max(10)
    .default(2)
    .describe("How much pixels that are right already count less; 0 is plain cross-entropy."),
});

export type Options = z.output<typeof options>;
