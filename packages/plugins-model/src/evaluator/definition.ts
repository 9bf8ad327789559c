import { artifact, component, defineEvaluator, postprocessKind } from "@eosin/plugin-api";
import { predictionsArtifact, splitArtifact } from "@eosin/plugin-api/imaging";
import { modelArtifact } from "@eosin/plugin-api/learning";
import { z } from "@eosin/plugin-api/zod";

const rotation = z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]);

export const rotations = z
  .array(rotation)
  .min(1)
  .refine((angles) => new Set(angles).size === angles.length, "each rotation at most once")
  .default([0, 90, 180, 270])
  .describe("Degrees by which the input is turned; predictions are turned back and their logits averaged.");

export const splitPart = z
  .enum(["train", "validation", "test"])
  .default("test")
  .describe("Part of the fold that is predicted.");

export const threshold = z
  .number()
  .gt(0)
  .lt(1)
  .default(0.5)
  .describe("Pixels with a greater probability are foreground.");

export const resolution = z
  .enum(["network", "original"])
  .default("network")
  .describe("Where masks are judged: at the network's input size, or at that of the image on file.");

export const domains = z.array(z.string()).min(1).optional().describe("Only samples of these domains.");

export const workers = z
  .int()
  .min(0)
  .max(64)
  .default(1)
  .describe("Threads that read images; results do not depend on it.");

export const ttaEvaluatorOptions = z.strictObject({
  split: artifact(splitArtifact).describe("The fold whose samples are predicted."),
  part: splitPart,
  model: artifact(modelArtifact).describe("The trained model that predicts."),
  rotations,
  batch: z.int().min(1).max(65_536).default(8).describe("Samples that pass the network at once."),
  threshold,
  postprocess: z.array(component(postprocessKind)).default([]).describe("Applied to the mask, in this order."),
  resolution,
  domains,
  workers,
});

export type TtaEvaluatorOptions = z.output<typeof ttaEvaluatorOptions>;

export const ttaEvaluator = defineEvaluator({
  type: "model/tta-evaluator",
  summary: "Predicts a part of a split with rotations as test-time augmentation, logits averaged.",
  options: ttaEvaluatorOptions,
  produces: predictionsArtifact,
  usesEngine: true,
  immaterial: ["workers"],
  resources: (options) => ({ loaders: options.workers }),
  create: async (context) => new (await import("./tta-evaluator.js")).TtaEvaluator(context),
  check: async ({ options }, inputs) => (await import("./check-part.js")).checkPart(options, inputs),
});
