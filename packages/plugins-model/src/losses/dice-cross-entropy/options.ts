import { z } from "@eosin/plugin-api/zod";
import { classWeightsOption } from "../class-weights.js";
import { overlapOptions } from "../overlap-options.js";

export const diceCrossEntropyOptions = z
  .strictObject({
    dice: z.number().min(0).default(1).describe("Weight of the Dice loss."),
    crossEntropy: z.number().min(0).default(1).describe("Weight of the cross-entropy."),
    ...overlapOptions,
    classWeights: classWeightsOption,
    labelSmoothing: z
      .number()
      .min(0)
      .lt(1)
      .default(0)
      .describe("Share of a label that the cross-entropy spreads evenly over all classes."),
  })
  .refine(({ dice, crossEntropy }) => dice + crossEntropy > 0, { error: "dice or crossEntropy is above 0" });

export type DiceCrossEntropyOptions = z.output<typeof diceCrossEntropyOptions>;
