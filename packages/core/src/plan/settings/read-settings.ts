import type { JsonValue } from "@eosin/plugin-api";
import type { PluginRegistry } from "../../container/registry.js";
import type { EngineSettings, PipelineDocument, StepDeclaration } from "../../document/document.js";
import { throwFound } from "../../errors/error-group.js";
import { type DocumentNode, fromJson } from "../../nodes/node.js";
import { isObject } from "../../schema/schema-view.js";
import type { DraftInstance } from "../draft-instance.js";
import { type LaidOut, layOut } from "../lay-out.js";
import type { Limits } from "../limits/limits.js";
import { type Environment, ParameterScope } from "../reference/parameter-scope.js";
import type { Reference } from "../reference/parse-template.js";
import { resolveNode } from "../reference/resolve-node.js";
import type { Setting } from "./setting.js";
import { SettingsWriter } from "./settings-writer.js";

export interface SettingsRequest {
  readonly env: Environment;
  /** Over the document's engine, as flags say it. */
  readonly engine?: Partial<EngineSettings>;
  readonly limits?: Limits;
}

/**
 * Every value that a document comes to, to the last option of the last component, with its origin. Runs nothing, needs
 * no data; a variable that is not set stands for itself. Of a step that is fanned out, one row stands for all instances.
 */
export function readSettings(
  document: PipelineDocument,
  registry: PluginRegistry,
  { env, engine = {}, limits }: SettingsRequest,
): readonly Setting[] {
  const parameters = new ParameterScope(document, env, "stand-in", limits);
  return settingsOf(document, parameters, layOut(document, registry, parameters).drafts, engine);
}

/**
 * The same of a document that must be valid, judged in the same go.
 * @throws EosinError, or a group of all that were found, as `validateDocument` gives them
 */
export function readValidSettings(
  document: PipelineDocument,
  registry: PluginRegistry,
  { env, engine = {}, limits }: SettingsRequest,
): readonly Setting[] {
  const parameters = new ParameterScope(document, env, "stand-in", limits);
  const { drafts, faults } = layOut(document, registry, parameters);
  throwFound(faults);
  return settingsOf(document, parameters, drafts, engine);
}

/** The same of a document that is laid out already. */
export function settingsOf(
  document: PipelineDocument,
  parameters: ParameterScope,
  drafts: LaidOut["drafts"],
  engine: Partial<EngineSettings>,
): readonly Setting[] {
  const writer = new SettingsWriter(document);
  writer.own("seed", document.seed);
  for (const [key, value] of Object.entries(document.engine)) {
    const flag = engine[key as keyof EngineSettings];
    if (flag === undefined) writer.own(`engine.${key}`, value);
  }
  for (const [key, value] of Object.entries(engine)) {
    if (value === undefined) continue;
    const flag = `--${key === "name" ? "engine" : key} ${value}`;
    writer.settings.push({ path: `engine.${key}`, value, origin: { from: "flag", flag } });
  }
  for (const [name, node] of parameters.resolved()) writer.write(`params.${name}`, node, undefined, "");
  for (const step of document.steps.values()) writeStep(step, drafts.get(step.id)?.[0], parameters, writer);
  return writer.settings;
}

function writeStep(
  step: StepDeclaration,
  draft: DraftInstance | undefined,
  parameters: ParameterScope,
  writer: SettingsWriter,
): void {
  const lookup = (reference: Reference) =>
    reference.source === "params" || reference.source === "env" ? parameters.lookup(reference) : asWritten(reference);
  const how = { most: parameters.limits.characters };
  const path = `steps.${step.id}`;
  writer.write(`${path}.uses`, { kind: "scalar", place: step.usesPlace, value: step.uses }, undefined, "");
  for (const axes of ["matrix", "each"] as const) {
    for (const [axis, node] of step[axes]) writer.leaf(`${path}.${axes}.${axis}`, resolveNode(node, lookup, how));
  }
  const faulty = draft === undefined || draft.faults.length > 0;
  const options: JsonValue | undefined = faulty ? undefined : draft.options;
  const node = resolveNode(step.with, lookup, how);
  if (node.entries.size > 0 || (isObject(options) && Object.keys(options).length > 0)) {
    writer.write(`${path}.with`, node, options, step.uses);
  }
}

/** What a step or an axis gives is known when the plan is laid out, and differs by instance. */
function asWritten({ text, place }: Reference): DocumentNode {
  return fromJson(text, place);
}
