export { API_VERSION } from "./api-version.js";
export { type Artifact, type ArtifactHandle, type ArtifactType, defineArtifact, listOfHandles } from "./artifact.js";
export {
  augmenterKind,
  builtInKinds,
  datasetKind,
  encoderKind,
  evaluatorKind,
  lossKind,
  metricKind,
  networkKind,
  normalizerKind,
  optimizerKind,
  postprocessKind,
  reporterKind,
  scheduleKind,
  separatorKind,
  splitKind,
  stepKind,
  trainerKind,
} from "./built-in-kinds.js";
export type { PlannedInputs, RefusedSetting } from "./check.js";
export {
  type AnyComponentDefinition,
  type ComponentContext,
  type ComponentDefinition,
  type ComponentSpec,
  type CostEstimate,
  type DefinitionOf,
  defineComponent,
  type PluginModules,
  type ResourceNeed,
} from "./component.js";
export {
  defineEvaluator,
  defineReporter,
  defineStep,
  defineTrainer,
  type StepDefinition,
} from "./define-step.js";
export { EosinError, type EosinErrorDetails, isEosinError, type SourcePlace } from "./eosin-error.js";
export { deserializeError, type SerializedError, type SystemFault, serializeError } from "./error-json.js";
export { type InstantiateOptions, instantiate } from "./instantiate.js";
export type { JsonObject, JsonValue } from "./json.js";
export { defineKind, type KindDefinition, type KindRole } from "./kind.js";
export { kindHelper, type PartDefinition } from "./kind-helper.js";
export type { Fallback, Logger } from "./logger.js";
export { type Look, type LookContext, lookArtifact } from "./look.js";
export type { LookLine } from "./look-line.js";
export { nearestName } from "./nearest-name.js";
export { artifact, artifacts, component } from "./option-schemas.js";
export type {
  FaultSink,
  FileHasher,
  KnownFile,
  PlanContext,
  PlannedItem,
  PlannedList,
  PlannedOutput,
  PlannedValue,
  SaidOutput,
} from "./planned.js";
export type { PlannedComponent } from "./planned-component.js";
export { definePlugin, type PluginDefinition, type PluginInput } from "./plugin.js";
export { philox4x32 } from "./random/philox.js";
export { createRng, type Rng } from "./random/rng.js";
export { type ReportFigure, type ReportRow, type ReportSummary, reportArtifact } from "./report.js";
export {
  createServiceToken,
  defineService,
  type ServiceBinding,
  type ServiceContext,
  type ServiceProvider,
  type ServiceToken,
} from "./service.js";
export { showPlace } from "./show-place.js";
export {
  type MissingInput,
  noOptions,
  type OutputWriter,
  type ProgressUpdate,
  type RunProvenance,
  type StepComponent,
  type StepContext,
  type TracedLook,
  type TracedStep,
} from "./step.js";
export { readTextFile, type TextFileReading } from "./text-file/read-text-file.js";
