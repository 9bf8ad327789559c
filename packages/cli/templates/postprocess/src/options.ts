import { z } from "zod";

export const options = z.strictObject({
  neighbours: z
    .int()
    .min(1)
    .max(8)
    .default(2)
    .describe("A tumour pixel with fewer tumour pixels around it is dropped."),
});

export type Options = z.output<typeof options>;
