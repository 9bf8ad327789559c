import { z } from "@eosin/plugin-api/zod";
import { unsuitableOption } from "../../estimation/unsuitable-option.js";

const share = z.number().min(0).max(1);

export const fourierMixingOptions = z.strictObject({
  p: share.default(0.5).describe("Probability that a patch is changed."),
  cycles: z
    .int()
    .min(0)
    .max(16)
    .default(2)
    .describe(
      "Highest frequency that is mixed, in cycles per side; 0 is the mean colour alone, and 2 is β = 0.01 of FDA at 256 px.",
    ),
  share: z
    .tuple([share, share])
    .refine(([low, high]) => low <= high, "the first must not exceed the second")
    .default([0, 1])
    .describe("Range of the other patch's share of the amplitudes; 1 replaces them, as FDA does."),
  bank: z
    .int()
    .min(1)
    .max(1000)
    .default(32)
    .describe("Training patches whose amplitudes are kept, from all domains alike."),
  ...unsuitableOption,
});
