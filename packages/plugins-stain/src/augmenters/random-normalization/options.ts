import { component, normalizerKind } from "@eosin/plugin-api";
import { z } from "@eosin/plugin-api/zod";

export const randomNormalizationOptions = z.strictObject({
  p: z.number().min(0).max(1).default(0.5).describe("Probability that a patch is changed."),
  normalizers: z
    .array(component(normalizerKind))
    .min(1)
    .describe("What normalises, each with a target of its own or without one; every target is drawn equally often."),
  learn: z
    .enum(["domain", "all"])
    .default("domain")
    .describe("A normalizer without a target learns one from each domain of the training part, or one from all of it."),
});
