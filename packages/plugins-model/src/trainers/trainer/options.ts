import {
  artifact,
  augmenterKind,
  component,
  lossKind,
  networkKind,
  normalizerKind,
  optimizerKind,
  scheduleKind,
} from "@eosin/plugin-api";
import { splitArtifact } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";
import { imageScale, inputSize, interpolation } from "../../inputs/input-size.js";
import { averageOption } from "./average-options.js";

export const trainerOptions = z.strictObject({
  split: artifact(splitArtifact).describe("What it trains and validates on: one fold."),
  size: inputSize.describe(
    "Input size of the network in pixels, one number or width and height: of whole images, or of windows of them where `scale` is set.",
  ),
  scale: imageScale
    .optional()
    .describe(
      "What images are resized to before windows of `size` are cut out of them: one number or width and height that all are stretched to, or `{ factor: 0.5 }` of their own sides.",
    ),
  sampling: z
    .strictObject({
      batches: z
        .int()
        .min(1)
        .max(1_000_000)
        .optional()
        .describe("Batches an epoch; without it each image is drawn once."),
      tumour: z
        .number()
        .min(0)
        .max(1)
        .default(0)
        .describe("Share of the windows that are laid around a pixel of tumour, where the image has any."),
      balance: z
        .string()
        .min(1)
        .optional()
        .describe("`domain`, or an attribute of the samples: each of its values is drawn equally often."),
    })
    .optional()
    .describe("Which images an epoch draws; without it each once."),
  interpolation,
  batch: z.int().min(1).max(65_536).default(32).describe("Samples an optimizer step."),
  microBatch: z
    .int()
    .min(1)
    .max(65_536)
    .optional()
    .describe("Samples that pass the network at once; without it as many as the memory holds."),
  epochs: z.int().min(1).max(1_000_000).default(200).describe("The most epochs that are trained."),
  network: component(networkKind).describe("What is trained."),
  loss: component(lossKind).describe("What training minimises."),
  optimizer: component(optimizerKind)
    .prefault({ uses: "model/adam" })
    .describe("Turns gradients into updates of the weights."),
  schedule: component(scheduleKind)
    .prefault({ uses: "model/constant" })
    .describe("The learning rate over the training, as a factor of the optimizer's."),
  clipNorm: z
    .number()
    .positive()
    .optional()
    .describe(
      "Largest norm of all gradients together; longer ones are shortened to it. nnU-Net: 12. Absent: as they are.",
    ),
  average: averageOption,
  normalizer: component(normalizerKind)
    .optional()
    .describe("Brings patches to one appearance, before augmentation and in validation and evaluation."),
  augment: z.array(component(augmenterKind)).default([]).describe("Applied in this order, after the resize."),
  earlyStopping: z
    .strictObject({
      monitor: z
        .enum(["validation.loss", "validation.dice"])
        .default("validation.loss")
        .describe("The figure that has to get better."),
      patience: z
        .int()
        .min(1)
        .max(1_000_000)
        .default(10)
        .describe("Epochs without a better value before training stops."),
    })
    .optional()
    .describe("Also restores the weights of the best epoch. Without it the last epoch's weights are kept."),
  checkpointEvery: z.int().min(1).max(1_000_000).default(1).describe("Epochs between checkpoints."),
  workers: z.int().min(0).max(64).default(1).describe("Threads that prepare batches; results do not depend on it."),
});

export type TrainerOptions = z.output<typeof trainerOptions>;
