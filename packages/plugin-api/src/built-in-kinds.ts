import type { Augmenter } from "./imaging/augmenter.js";
import type { DatasetComponent } from "./imaging/dataset.js";
import type { Normalizer } from "./imaging/normalizer.js";
import type { Postprocess } from "./imaging/postprocess.js";
import type { Separator } from "./imaging/separator.js";
import type { SplitComponent } from "./imaging/split.js";
import { defineKind, type KindDefinition } from "./kind.js";
import type { EncoderFactory } from "./learning/encoder.js";
import type { Loss } from "./learning/loss.js";
import type { Metric } from "./learning/metric.js";
import type { NetworkFactory } from "./learning/network.js";
import type { Optimizer, Schedule } from "./learning/optimizer.js";
import type { StepComponent } from "./step.js";

/** Datasets: see {@link DatasetComponent}. */
export const datasetKind = defineKind<DatasetComponent>({
  name: "dataset",
  role: "planned",
  summary: "An index of samples, and how their pixels are read.",
});

/** Splits: see {@link SplitComponent}. */
export const splitKind = defineKind<SplitComponent>({
  name: "split",
  role: "planned",
  summary: "Folds: which samples train, validate and test.",
});

/** Steps that are none of the other kinds: see {@link StepComponent}. */
export const stepKind = defineKind<StepComponent>({
  name: "step",
  role: "step",
  summary: "Anything that reads artifacts and writes one.",
});

/** Trainers write a `model`: see {@link StepComponent}. */
export const trainerKind = defineKind<StepComponent>({
  name: "trainer",
  role: "step",
  summary: "Trains a network on one split; writes a model.",
});

/** Evaluators write `predictions`: see {@link StepComponent}. */
export const evaluatorKind = defineKind<StepComponent>({
  name: "evaluator",
  role: "step",
  summary: "Predicts the samples of a split; writes predictions.",
});

/** Reporters write what people read: see {@link StepComponent}. */
export const reporterKind = defineKind<StepComponent>({
  name: "reporter",
  role: "step",
  summary: "Turns predictions and models into something to read.",
});

/** Separators of stains: see {@link Separator}. */
export const separatorKind = defineKind<Separator>({
  name: "separator",
  role: "part",
  summary: "Splits an image into stain densities and a stain matrix.",
});

/** Normalizers of stains: see {@link Normalizer}. */
export const normalizerKind = defineKind<Normalizer>({
  name: "normalizer",
  role: "part",
  summary: "Maps an image to a reference appearance.",
});

/** Augmenters: see {@link Augmenter}. */
export const augmenterKind = defineKind<Augmenter>({
  name: "augmenter",
  role: "part",
  summary: "Perturbs a training sample at random.",
});

/** Networks: see {@link NetworkFactory}. */
export const networkKind = defineKind<NetworkFactory>({
  name: "network",
  role: "part",
  summary: "A differentiable function of an image.",
});

/** Encoders: see {@link EncoderFactory}. */
export const encoderKind = defineKind<EncoderFactory>({
  name: "encoder",
  role: "part",
  summary: "The contracting half of a network.",
});

/** Losses: see {@link Loss}. */
export const lossKind = defineKind<Loss>({ name: "loss", role: "part", summary: "What training minimises." });

/** Optimizers: see {@link Optimizer}. */
export const optimizerKind = defineKind<Optimizer>({
  name: "optimizer",
  role: "part",
  summary: "Turns gradients into updates of the weights.",
});

/** Schedules of the learning rate: see {@link Schedule}. */
export const scheduleKind = defineKind<Schedule>({
  name: "schedule",
  role: "part",
  summary: "The learning rate by epoch.",
});

/** Post-processing of masks: see {@link Postprocess}. */
export const postprocessKind = defineKind<Postprocess>({
  name: "postprocess",
  role: "part",
  summary: "Cleans a predicted mask.",
});

/** Metrics: see {@link Metric}. */
export const metricKind = defineKind<Metric>({
  name: "metric",
  role: "part",
  summary: "Judges one prediction against its truth.",
});

/** The kinds that Eosin itself knows; a plugin may bring more. */
export const builtInKinds: readonly KindDefinition[] = [
  datasetKind,
  splitKind,
  stepKind,
  trainerKind,
  evaluatorKind,
  reporterKind,
  separatorKind,
  normalizerKind,
  augmenterKind,
  networkKind,
  encoderKind,
  lossKind,
  optimizerKind,
  scheduleKind,
  postprocessKind,
  metricKind,
];
