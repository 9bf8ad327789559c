import { defineTrainer } from "@eosin/plugin-api";
import { modelArtifact } from "@eosin/plugin-api/learning";
import { trainerOptions } from "./options.js";

export const trainer = defineTrainer({
  type: "model/trainer",
  summary: "Trains a segmentation network on one split, with checkpoints and early stopping.",
  options: trainerOptions,
  produces: modelArtifact,
  usesEngine: true,
  immaterial: ["workers"],
  resources: ({ workers }) => ({ loaders: workers }),
  create: async (context) => new (await import("./trainer.js")).Trainer(context),
  check: async (context, inputs) => (await import("./check-settings.js")).checkTrainer(context, inputs),
  estimate: async (context, engine) => (await import("./plan-estimate.js")).estimateForPlan(context, engine),
});
