import { z } from "zod";

export const options = z.strictObject({
  spread: z.number().min(0).max(1).default(0.2).describe("Half-width of the factor's range around 1."),
});

export type Options = z.output<typeof options>;
