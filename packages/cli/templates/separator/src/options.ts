import { z } from "zod";

export const options = z.strictObject({
  leastTissue: z
    .number()
    .min(0)
    .max(1)
    .default(0.01)
    .describe("Share of pixels darker than background below which there are no stains to separate."),
});

export type Options = z.output<typeof options>;
