import { artifact, component, defineTrainer } from "@eosin/plugin-api";
import type { EngineIdentity } from "@eosin/plugin-api/learning";
import { z } from "@eosin/plugin-api/zod";
import { inputSize, interpolation } from "./input-size.js";

export const trainerOptions = z.strictObject({
  split: artifact("split"),
  size: inputSize.describe("Input size of the network in pixels, one number or width and height."),
  interpolation,
  batch: z.int().min(1).default(32).describe("Samples an optimizer step."),
  microBatch: z
    .int()
    .min(1)
    .optional()
    .describe("Samples that pass the network at once; without it as many as the memory holds."),
  epochs: z.int().min(1).default(200).describe("The most epochs that are trained."),
  network: component("network"),
  loss: component("loss"),
  optimizer: component("optimizer").prefault({ uses: "model/adam" }),
  schedule: component("schedule").prefault({ uses: "model/constant" }),
  normalizer: component("normalizer").optional(),
  augment: z.array(component("augmenter")).default([]).describe("Applied in this order, after the resize."),
  earlyStopping: z
    .strictObject({
      monitor: z.enum(["validation.loss", "validation.dice"]).default("validation.loss"),
      patience: z.int().min(1).default(10).describe("Epochs without a better value before training stops."),
    })
    .optional()
    .describe("Also restores the weights of the best epoch. Without it the last epoch's weights are kept."),
  checkpointEvery: z.int().min(1).default(1).describe("Epochs between checkpoints."),
  workers: z.int().min(0).max(64).default(1).describe("Threads that prepare batches; results do not depend on it."),
});

export type TrainerOptions = z.output<typeof trainerOptions>;

export const trainer = defineTrainer({
  type: "model/trainer",
  summary: "Trains a segmentation network on one split, with checkpoints and early stopping.",
  options: trainerOptions,
  produces: "model",
  usesEngine: true,
  immaterial: ["workers"],
  create: async (context) => new (await import("./trainer.js")).Trainer(context),
  estimate: async (context, engine) =>
    (await import("./plan-estimate.js")).estimateForPlan(context, engine as EngineIdentity | undefined),
});
