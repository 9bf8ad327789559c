// document

// container
export { checkLock, type LockSearch } from "./container/check-lock.js";
export { importCommand } from "./container/import-command.js";
export { loadPluginPackages, loadPlugins, loadPluginsByName } from "./container/load-plugins.js";
export type { FoundPlugin, LockedPlugin } from "./container/locked-plugin.js";
export { hashPlugin } from "./container/plugin-hash.js";
export {
  findPackageFolder,
  findPluginPackage,
  isFolderRequest,
  mainFile,
  openPluginPackage,
  type PluginPackage,
  readPackageManifest,
} from "./container/plugin-package.js";
export type { PluginLoading, PluginSource } from "./container/plugin-source.js";
export type { RegisteredComponent } from "./container/registered-component.js";
export type { PluginRegistry } from "./container/registry.js";
export type { EngineSettings, PipelineDocument, StepDeclaration } from "./document/document.js";
export { type LoadDocumentOptions, loadDocument } from "./document/load-document.js";
// errors
export { throwFound, ungroup } from "./errors/error-group.js";
export { type RenderOptions, renderError } from "./errors/render-error.js";
export { createFileHasher, type FileHashing, type RememberingHasher } from "./files/file-hasher.js";
// graph
export { mermaidOf } from "./graph/mermaid.js";
export { type NodeState, type PlanGraph, planGraph, type StateWords } from "./graph/plan-graph.js";
export { svgOf } from "./graph/svg.js";
export type { DocumentNode, NodePath } from "./nodes/node.js";
// plan
export { componentOptions, type OptionSummary } from "./plan/component-options.js";
export { type CreatePlanOptions, createPlan, type PlannedFault } from "./plan/create-plan.js";
export { type Change, describeChange, differingParts } from "./plan/differing-parts.js";
export { estimateInstance, estimateKey } from "./plan/estimate-instance.js";
export { type Explanation, explainInstance } from "./plan/explain.js";
export { pipelineJsonSchema } from "./plan/json-schema/pipeline-json-schema.js";
export { defaultLimits, type Limits, readLimits } from "./plan/limits/limits.js";
export { openPlanned, plannedValues } from "./plan/open-planned.js";
export { type NamedComponent, parseComponent } from "./plan/parse-component.js";
export type { Plan, PlanEngine, PlanInstance } from "./plan/plan.js";
export { readPlanFile } from "./plan/plan-file.js";
export { planText } from "./plan/plan-text.js";
export type { Environment } from "./plan/reference/parameter-scope.js";
export { describeOrigin } from "./plan/settings/describe-origin.js";
export { differingSettings, type SettingDifference } from "./plan/settings/differing-settings.js";
export { readSettings, readValidSettings, type SettingsRequest } from "./plan/settings/read-settings.js";
export type { Origin, Setting } from "./plan/settings/setting.js";
export { withUpstream } from "./plan/upstream.js";
export {
  type UnsetVariable,
  unsetVariables,
  type ValidateOptions,
  validateDocument,
} from "./plan/validate-document.js";
// run: what has to do with plans, too; the rest is @eosin/core/run
export type { RunEvent } from "./run/event.js";
export { provenanceOf } from "./run/provenance.js";
// secrets
export { fillIn } from "./secrets/stand-in.js";
// store
export type { CleanRequest, CleanResult } from "./store/clean.js";
export type { FingerprintParts } from "./store/fingerprint-parts.js";
export type { BlobRecord, Manifest } from "./store/manifest.js";
export {
  type EntryState,
  openStore,
  type PastArtifact,
  type Store,
  type StoredArtifact,
  type StoreOpening,
} from "./store/store.js";
export type { Damage, VerifyProgress, VerifyResult } from "./store/verify.js";
// terminal
export { forTerminal, type Paint, paint } from "./terminal/terminal-text.js";
