import { fillIn, type Plan, type PluginRegistry, plannedValues } from "@eosin/core";
import type { ArtifactHandle, ComponentContext, CostEstimate, PlannedInputs } from "@eosin/plugin-api";
import { documentEnvironment } from "./document-environment.js";
import { stderrLogger } from "./stderr-logger.js";

/** Instances that need the same, and what they need. */
export interface SharedEstimate {
  readonly instances: readonly string[];
  readonly estimate: CostEstimate;
}

/** Asks every component of the plan that can tell what it will need. */
export async function estimateCosts(plan: Plan, registry: PluginRegistry): Promise<SharedEstimate[]> {
  const inputs: PlannedInputs = {
    planned(handle) {
      const output = plan.planned[handle.$artifact.instance];
      return output && plannedValues(output, handle);
    },
  };
  const shared = new Map<string, { instances: string[]; estimate: CostEstimate }>();
  for (const instance of plan.instances) {
    const definition = registry.find(instance.uses)?.definition;
    if (!definition?.estimate) continue;
    const key = JSON.stringify([instance.step, withoutItems(instance.options, plan)]);
    const known = shared.get(key);
    if (known) {
      known.instances.push(instance.id);
      continue;
    }
    const context: ComponentContext<unknown> = {
      options: fillIn(instance.options, plan.secrets ?? [], documentEnvironment()),
      services: registry.services,
      log: stderrLogger,
      modules: Object.fromEntries(Object.entries(plan.plugins).map(([name, { module }]) => [name, module])),
      create: (spec, state) => registry.create(spec, stderrLogger, state),
      inputs,
    };
    const estimate = await definition.estimate(context, plan.engine?.identity);
    shared.set(key, { instances: [instance.id], estimate });
  }
  return mergeEqual([...shared.values()]);
}

/** The points of a sweep may differ in what costs nothing. */
function mergeEqual(estimates: readonly SharedEstimate[]): SharedEstimate[] {
  const merged = new Map<string, SharedEstimate>();
  for (const each of estimates) {
    const key = JSON.stringify([each.instances[0].split("[")[0], each.estimate]);
    const known = merged.get(key);
    merged.set(key, known ? { ...known, instances: [...known.instances, ...each.instances] } : each);
  }
  return [...merged.values()];
}

/** Folds of one step differ in the artifacts that they read, and need the same; of planned ones they differ in the item. */
function withoutItems(value: unknown, plan: Plan): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutItems(each, plan));
  if (typeof value !== "object" || value === null) return value;
  if ("$artifact" in value) {
    const { instance } = value.$artifact as ArtifactHandle["$artifact"];
    return instance in plan.planned ? instance : null;
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutItems(inner, plan)]));
}
