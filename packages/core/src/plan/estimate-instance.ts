import type { ArtifactHandle, ComponentContext, CostEstimate, JsonObject, Logger } from "@eosin/plugin-api";
import type { PluginRegistry } from "../container/registry.js";
import { fillIn } from "../secrets/stand-in.js";
import { plannedValues } from "./open-planned.js";
import type { Plan, PlanInstance } from "./plan.js";
import type { Environment } from "./reference/parameter-scope.js";

export interface EstimateHost {
  readonly registry: PluginRegistry;
  /** Holds the plan's secret variables. */
  readonly env: Environment;
  readonly log: Logger;
}

/** What an instance is expected to need; nothing where its component cannot tell. Opens no artifact but planned ones. */
export async function estimateInstance(
  plan: Plan,
  instance: PlanInstance,
  { registry, env, log }: EstimateHost,
): Promise<CostEstimate | undefined> {
  const definition = registry.find(instance.uses)?.definition;
  if (!definition?.estimate) return undefined;
  const context: ComponentContext<JsonObject> = {
    options: fillIn(instance.options, plan.secrets ?? [], env, instance.place),
    services: registry.services,
    log,
    modules: Object.fromEntries(Object.entries(plan.plugins).map(([name, { module }]) => [name, module])),
    create: (spec, state) => registry.create(spec, log, state),
    inputs: {
      planned(handle) {
        const output = plan.planned[handle.$artifact.instance];
        return output && plannedValues(output, handle);
      },
    },
  };
  return definition.estimate(context, plan.engine?.identity);
}

/** Equal for instances that need the same: those of one step that differ in the artifacts, or the planned items, that they read. */
export function estimateKey(plan: Plan, { step, options }: PlanInstance): string {
  return JSON.stringify([step, withoutItems(options, plan)]);
}

function withoutItems(value: unknown, plan: Plan): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutItems(each, plan));
  if (typeof value !== "object" || value === null) return value;
  if ("$artifact" in value) {
    const { instance } = value.$artifact as ArtifactHandle["$artifact"];
    return instance in plan.planned ? instance : null;
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutItems(inner, plan)]));
}
