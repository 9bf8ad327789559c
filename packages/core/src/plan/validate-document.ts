import { type EosinError, isEosinError, type SourcePlace } from "@eosin/plugin-api";
import type { PluginRegistry } from "../container/registry.js";
import type { PipelineDocument } from "../document/document.js";
import { checkDrafts } from "./check-drafts.js";
import { eachOnce, layOut } from "./lay-out.js";
import type { Limits } from "./limits/limits.js";
import { type Environment, ParameterScope } from "./reference/parameter-scope.js";
import type { Reference } from "./reference/parse-template.js";
import { referencesOf } from "./reference/resolve-node.js";

export interface ValidateOptions {
  readonly env: Environment;
  readonly limits?: Limits;
}

/** All faults of a document that show without running anything. Variables that are not set are none: see {@link unsetVariables}. */
export async function validateDocument(
  document: PipelineDocument,
  registry: PluginRegistry,
  how: ValidateOptions,
): Promise<readonly EosinError[]> {
  const parameters = new ParameterScope(document, how.env, "stand-in", how.limits);
  const { drafts, faults } = layOut(document, registry, parameters);
  const log = { info: () => undefined, warn: () => undefined };
  const refused = await checkDrafts([...drafts.values()].flat(), { registry, outputs: new Map(), log });
  return eachOnce([...faults, ...refused]);
}

export interface UnsetVariable {
  readonly name: string;
  /** The first step that needs it. */
  readonly step: string;
  readonly place: SourcePlace;
}

/** The environment variables that the steps of a document need, directly or through params, and that are not set. */
export function unsetVariables(document: PipelineDocument, env: Environment): readonly UnsetVariable[] {
  const found = new Map<string, UnsetVariable>();
  for (const step of document.steps.values()) {
    const seen = new Set<string>();
    // A list of what is left to look at, the next one last: chains of params may be long.
    const open = [step.with, ...step.matrix.values()].flatMap(wellFormedReferences).reverse();
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { source, name, place } = next;
      if (source === "env" && !env[name] && !found.has(name)) found.set(name, { name, step: step.id, place });
      const param = source === "params" && !seen.has(name) ? document.params.get(name) : undefined;
      seen.add(name);
      if (param) open.push(...[...wellFormedReferences(param)].reverse());
    }
  }
  return [...found.values()];
}

/** Those that are not well formed are faults, which validation names. */
function wellFormedReferences(node: Parameters<typeof referencesOf>[0]): readonly Reference[] {
  try {
    return referencesOf(node);
  } catch (error) {
    if (isEosinError(error)) return [];
    throw error;
  }
}
