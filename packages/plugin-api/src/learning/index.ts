export { defineLoss, defineMetric, defineNetwork, defineOptimizer, defineSchedule } from "./define.js";
export {
  type BatchNormVariables,
  type Engine,
  type EngineAvailability,
  type EngineChoice,
  type EngineIdentity,
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
export type { Loss, LossBatch } from "./loss.js";
export type { JudgedPixels, Metric } from "./metric.js";
export { type EpochRecord, modelArtifact, type TrainedModel } from "./model.js";
export type {
  ForwardContext,
  Network,
  NetworkFactory,
  NetworkParameter,
  NetworkTraits,
} from "./network.js";
export type {
  AttachedOptimizer,
  Optimizer,
  Schedule,
} from "./optimizer.js";
