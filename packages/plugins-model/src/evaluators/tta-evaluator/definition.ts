import { defineEvaluator } from "@eosin/plugin-api";
import { predictionsArtifact } from "@eosin/plugin-api/imaging";
import { ttaEvaluatorOptions } from "./options.js";

export const ttaEvaluator = defineEvaluator({
  type: "model/tta-evaluator",
  summary: "Predicts a part of a split with rotations as test-time augmentation, logits averaged.",
  options: ttaEvaluatorOptions,
  produces: predictionsArtifact,
  usesEngine: true,
  immaterial: ["workers"],
  resources: (options) => ({ loaders: options.workers }),
  create: async (context) => new (await import("./tta-evaluator.js")).TtaEvaluator(context),
  check: async ({ options }, inputs) => (await import("../../predictor/check-part.js")).checkPart(options, inputs),
});
