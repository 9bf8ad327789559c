import { artifact, artifacts } from "@eosin/plugin-api";
import { predictionsArtifact, stainSheetArtifact } from "@eosin/plugin-api/imaging";
import { modelArtifact } from "@eosin/plugin-api/learning";
import { z } from "@eosin/plugin-api/zod";
import { metricsOption } from "../../metrics/metrics-option.js";

const defaultMetrics = [
  "dice",
  "iou",
  "score",
  "f1",
  "accuracy",
  "sensitivity",
  "specificity",
  "auroc",
  "pr-auc",
] as const;

export const reportOptions = z.strictObject({
  predictions: artifacts(predictionsArtifact).describe("what evaluators wrote: all folds, and all points of a sweep"),
  baselines: z
    .array(z.union([artifact(predictionsArtifact), z.array(artifact(predictionsArtifact))]))
    .default([])
    .describe("predictions to set beside them, e.g. of model/baseline-colour"),
  models: artifacts(modelArtifact).optional().describe("trained models, for their learning curves"),
  stains: artifact(stainSheetArtifact).optional().describe("the sheet that stain/sheet drew of training patches"),
  by: z
    .string()
    .min(1)
    .default("domain")
    .describe("what figures are also given by: domain, or an attribute of the samples"),
  compare: z.enum(["paper-table-1", "none"]).default("none").describe("published figures to show beside"),
  protocol: z
    .enum(["patch", "flattened-batch"])
    .default("patch")
    .describe(
      "patch: mean over patches; flattened-batch: the paper's, metrics over the joined pixels of `batch` patches",
    ),
  batch: z.number().int().min(1).default(8).describe("patches that the flattened-batch protocol joins"),
  metrics: metricsOption(defaultMetrics).describe("figures, in the order of the columns; the first ranks the cases"),
  cases: z.number().int().min(0).max(12).default(2).describe("patches shown for each of best, median and worst"),
});

export type ReportOptions = z.output<typeof reportOptions>;
