import { z } from "@eosin/plugin-api/zod";
import { overlapOptions } from "../overlap-options.js";

export const tverskyOptions = z.strictObject({
  alpha: z.number().min(0).default(0.3).describe("Weight of false positives."),
  beta: z.number().min(0).default(0.7).describe("Weight of false negatives: above alpha, less is missed."),
  ...overlapOptions,
});

export type TverskyOptions = z.output<typeof tverskyOptions>;
