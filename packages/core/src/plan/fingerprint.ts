import {
  type AnyComponentDefinition,
  API_VERSION,
  type ArtifactHandle,
  type JsonObject,
  type JsonValue,
} from "@eosin/plugin-api";
import type { PluginLocks, PluginRegistry } from "../container/registry.js";
import { major } from "../packed/semver.js";
import type { FingerprintParts } from "../store/fingerprint-parts.js";
import { hashJson } from "./canonical-json.js";
import { isComponentSpec } from "./component-spec.js";
import type { DraftInstance } from "./draft-instance.js";
import { isHandle } from "./handles.js";

export interface FingerprintContext {
  readonly registry: PluginRegistry;
  readonly locks: PluginLocks;
  readonly seed: number;
  /** Only for instances that use an engine. */
  readonly engine?: JsonObject;
  /** What a report prints of the run; only for reporters. */
  readonly run?: JsonObject;
  /** Absolute path → hash of its content. */
  readonly files: ReadonlyMap<string, string>;
  /** Of what a handle names: the instance's, or that of one planned item. */
  fingerprintOf(handle: ArtifactHandle): string;
  axesOf(instance: string): JsonObject;
  /** Plugins whose code is in the planned values that the instance reads. */
  readonly inputPlugins: Iterable<string>;
}

/** What the output depends on. Names, places, paths and the spelling of the document stay out. */
export function fingerprintParts(draft: DraftInstance, context: FingerprintContext): FingerprintParts {
  const own = draft.components.map((component) => component.plugin);
  return {
    contract: `${major(API_VERSION)}`,
    planVersion: 1,
    component: draft.step.component.definition.type,
    plugins: pluginHashes([...own, ...context.inputPlugins], context.locks),
    options: identityOfOptions(draft.options, draft.step.component.definition, context),
    seed: context.seed,
    ...(context.engine ? { engine: context.engine } : {}),
    ...(context.run ? { run: context.run } : {}),
  };
}

export function fingerprintOf(parts: FingerprintParts): string {
  return hashJson(parts as unknown as JsonObject);
}

/** What counts of a component's options: all but the immaterial ones. */
function identityOfOptions(
  options: JsonObject,
  { immaterial = [] }: AnyComponentDefinition,
  context: FingerprintContext,
): JsonValue {
  return identityOf(Object.fromEntries(Object.entries(options).filter(([key]) => !immaterial.includes(key))), context);
}

/** Paths become `{ $content }`, handles `{ $input }`; those of a list carry their axes, which tell them apart. */
function identityOf(value: JsonValue, context: FingerprintContext): JsonValue {
  if (typeof value === "string") {
    const content = context.files.get(value);
    return content === undefined ? value : { $content: content };
  }
  if (typeof value !== "object" || value === null) return value;
  if (isHandle(value)) return { $input: context.fingerprintOf(value) };
  if (Array.isArray(value)) {
    return value.map((item: JsonValue) => {
      const identity = identityOf(item, context) as JsonObject;
      return isHandle(item) ? { ...identity, axes: context.axesOf(item.$artifact.instance) } : identity;
    });
  }
  const named = isComponentSpec(value as JsonObject)
    ? context.registry.find((value as JsonObject).uses as string)?.definition
    : undefined;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      named && key === "with" ? identityOfOptions(item as JsonObject, named, context) : identityOf(item, context),
    ]),
  );
}

function pluginHashes(names: Iterable<string>, locks: PluginLocks): Record<string, string> {
  const closure = new Set<string>();
  const add = (name: string) => {
    const plugin = locks[name];
    if (plugin === undefined || closure.has(name)) return;
    closure.add(name);
    plugin.requires.forEach(add);
  };
  for (const name of names) add(name);
  return Object.fromEntries([...closure].sort().map((name) => [name, locks[name].hash]));
}
