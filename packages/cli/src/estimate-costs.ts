import { estimateInstance, estimateKey, type Plan, type PluginRegistry } from "@eosin/core";
import type { CostEstimate } from "@eosin/plugin-api";
import { documentEnvironment } from "./document-environment.js";
import { stderrLogger } from "./stderr-logger.js";

/** Instances that need the same, and what they need. */
export interface SharedEstimate {
  readonly instances: readonly string[];
  readonly estimate: CostEstimate;
}

/** Asks every component of the plan that can tell what it will need. */
export async function estimateCosts(plan: Plan, registry: PluginRegistry): Promise<SharedEstimate[]> {
  const host = { registry, env: documentEnvironment(), log: stderrLogger };
  const shared = new Map<string, { instances: string[]; estimate: CostEstimate }>();
  for (const instance of plan.instances) {
    if (!registry.find(instance.uses)?.definition.estimate) continue;
    const key = estimateKey(plan, instance);
    const known = shared.get(key);
    if (known) {
      known.instances.push(instance.id);
      continue;
    }
    const estimate = await estimateInstance(plan, instance, host);
    if (estimate) shared.set(key, { instances: [instance.id], estimate });
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
