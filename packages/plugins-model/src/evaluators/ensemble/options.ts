import { artifact, artifacts, component, postprocessKind } from "@eosin/plugin-api";
import { predictionSettingsArtifact, predictionsArtifact } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";
import { hysteresis, presence, threshold } from "../../predictor/prediction-options.js";

export const ensembleOptions = z.strictObject({
  predictions: artifacts(predictionsArtifact).describe(
    "Members, e.g. of folds, runs and architectures, each of its own test part: on a patch those vote that predicted it.",
  ),
  average: z
    .enum(["probability", "logit"])
    .default("probability")
    .describe("What is averaged: a logit weighs sure members more."),
  threshold,
  hysteresis,
  presence,
  postprocess: z.array(component(postprocessKind)).default([]).describe("Applied to the mask, in this order."),
  settings: artifact(predictionSettingsArtifact)
    .optional()
    .describe("Settings that a step chose, in the place of `threshold`, `hysteresis`, `presence` and `postprocess`."),
});

export type EnsembleOptions = z.output<typeof ensembleOptions>;
