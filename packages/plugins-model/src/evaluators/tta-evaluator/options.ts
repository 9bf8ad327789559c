import { artifact, component, postprocessKind } from "@eosin/plugin-api";
import { predictionSettingsArtifact, splitArtifact } from "@eosin/plugin-api/imaging";
import { modelArtifact } from "@eosin/plugin-api/learning";
import { z } from "@eosin/plugin-api/zod";
import { imageScale } from "../../inputs/input-size.js";
import {
  domains,
  hysteresis,
  predictionWindow,
  presence,
  resolution,
  splitPart,
  testStatistics,
  threshold,
  workers,
} from "../../predictor/prediction-options.js";

const rotation = z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]);

export const rotations = z
  .array(rotation)
  .min(1)
  .refine((angles) => new Set(angles).size === angles.length, "each rotation at most once")
  .default([0, 90, 180, 270])
  .describe("Degrees by which the input is turned; predictions are turned back and their logits averaged.");

export const ttaEvaluatorOptions = z.strictObject({
  split: artifact(splitArtifact).describe("The fold whose samples are predicted."),
  part: splitPart,
  model: artifact(modelArtifact).describe("The trained model that predicts."),
  rotations,
  flips: z.boolean().optional().describe("Also predicts the mirror image of each rotation."),
  statistics: testStatistics,
  settings: artifact(predictionSettingsArtifact)
    .optional()
    .describe(
      "Settings that a step chose, in the place of all of these but `batch`, `resolution`, `domains` and `workers`.",
    ),
  scale: imageScale
    .optional()
    .describe(
      "What images are resized to before windows of them are predicted; without it the model's own, where it has one.",
    ),
  window: predictionWindow,
  batch: z.int().min(1).max(65_536).default(8).describe("Samples, or windows of them, that pass the network at once."),
  threshold,
  hysteresis,
  presence,
  postprocess: z.array(component(postprocessKind)).default([]).describe("Applied to the mask, in this order."),
  resolution,
  domains,
  workers,
});

export type TtaEvaluatorOptions = z.output<typeof ttaEvaluatorOptions>;
