export type { EngineIdentity } from "../engine-identity.js";
export { type ChannelNormalization, imagenetNormalization } from "./channel-normalization.js";
export { countedPixels } from "./counted-pixels.js";
export { defineEncoder, defineLoss, defineMetric, defineNetwork, defineOptimizer, defineSchedule } from "./define.js";
export type { Encoder, EncoderFactory, EncoderTraits } from "./encoder.js";
export {
  type BatchNormVariables,
  type Engine,
  type EngineAvailability,
  type EngineChoice,
  type EngineInstallation,
  type EngineOps,
  type EngineProvider,
  type EngineRequest,
  type EvaluationStep,
  engineProvider,
  type HostRecord,
  type HostTensor,
  isGpu,
  type StepCost,
  type TensorRecord,
  type Tf,
  type TrainingStep,
  type TrainingStepDefinition,
  type TrainingStepResult,
} from "./engine.js";
export type { InitialWeights } from "./initial-weights.js";
export type { Loss, LossBatch } from "./loss.js";
export type { JudgedPixels, Metric } from "./metric.js";
export { type EpochRecord, modelArtifact, type TrainedModel } from "./model.js";
export type {
  ForwardContext,
  Network,
  NetworkFactory,
  NetworkOutputs,
  NetworkTraits,
} from "./network.js";
export type {
  AttachedOptimizer,
  Optimizer,
  Schedule,
} from "./optimizer.js";
export type { Initializer, NetworkParameter, NewParameter, ParameterBuilder } from "./parameter.js";
