import { component, lossKind } from "@eosin/plugin-api";
import { z } from "@eosin/plugin-api/zod";

export const deepSupervisionOptions = z.strictObject({
  loss: component(lossKind).describe("What is taken at every scale: a loss that reads the mask alone."),
  levels: z
    .int()
    .min(1)
    .max(8)
    .default(3)
    .describe("Outputs below the full size that are judged: 3 means mask/2, mask/4 and mask/8."),
});

export type DeepSupervisionOptions = z.output<typeof deepSupervisionOptions>;
