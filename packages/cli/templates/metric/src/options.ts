import { z } from "zod";

export const options = z.strictObject({
  weight: z.number().min(0).max(1).default(0.5).describe("Of sensitivity; the rest is of specificity."),
});

export type Options = z.output<typeof options>;
