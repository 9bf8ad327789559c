import { augmenterKind, component } from "@eosin/plugin-api";
import { z } from "@eosin/plugin-api/zod";

export const oneOfOptions = z.object({
  choices: z
    .array(component(augmenterKind, { p: z.number().min(0).max(1) }))
    .min(1)
    .refine(
      (choices) => choices.reduce((sum, { p }) => sum + p, 0) <= 1 + 1e-9,
      "the probabilities add up to more than 1",
    )
    .describe("Each is chosen with its probability p; what is left of 1 leaves the sample unchanged."),
});
