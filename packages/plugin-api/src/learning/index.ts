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
export { defineLoss, type Loss, type LossBatch } from "./loss.js";
export { defineMetric, type JudgedPixels, type Metric } from "./metric.js";
export type { EpochRecord, TrainedModel } from "./model.js";
export {
  defineNetwork,
  type ForwardContext,
  type Network,
  type NetworkFactory,
  type NetworkParameter,
  type NetworkTraits,
} from "./network.js";
export {
  type AttachedOptimizer,
  defineOptimizer,
  defineSchedule,
  type Optimizer,
  type Schedule,
} from "./optimizer.js";
