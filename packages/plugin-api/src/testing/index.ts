export type { CheckedWith } from "./build-component.js";
export type { CheckReport } from "./checklist.js";
export { type AugmenterCheck, checkAugmenter } from "./imaging/check-augmenter.js";
export { checkEvaluator } from "./imaging/check-evaluator.js";
export { checkNormalizer } from "./imaging/check-normalizer.js";
export { checkPostprocess } from "./imaging/check-postprocess.js";
export { checkSeparator, type SeparatorCheck } from "./imaging/check-separator.js";
export { checkEncoder, type EncoderCheck } from "./learning/check-encoder.js";
export { checkLoss, type LossCheck } from "./learning/check-loss.js";
export { checkMetric } from "./learning/check-metric.js";
export { checkNetwork, type NetworkCheck } from "./learning/check-network.js";
export { checkOptimizer, type OptimizerCheck } from "./learning/check-optimizer.js";
export { checkSchedule } from "./learning/check-schedule.js";
export { checkTrainer } from "./learning/check-trainer.js";
export { ofKind } from "./of-kind.js";
export { tissueSample } from "./patches/tissue.js";
export { checkDataset, type DatasetCheck } from "./steps/check-dataset.js";
export { checkSplit, type SplitCheck } from "./steps/check-split.js";
export { checkStep, type StepCheck, type StepCheckReport, type StepOutput } from "./steps/check-step.js";
export {
  type GivenArtifact,
  type GivenArtifacts,
  handleOf,
  type PlanSetting,
  planContext,
} from "./steps/plan-context.js";
