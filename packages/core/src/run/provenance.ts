import type { RunProvenance, TracedLook } from "@eosin/plugin-api";
import type { Plan, PlanInstance } from "../plan/plan.js";
import { documentLine, withUpstream } from "../plan/upstream.js";

/** What may be said of instances of a run: of the plan only they and what they depend on, as in their fingerprints. */
export function provenanceOf(
  plan: Plan,
  instances: readonly PlanInstance[],
  looks: readonly TracedLook[],
): RunProvenance {
  const { name, description, file, profile } = plan.document;
  return {
    document: { name, description, file },
    profile,
    params: plan.params,
    seed: plan.seed,
    plugins: Object.fromEntries(Object.entries(plan.plugins).map(([plugin, { version }]) => [plugin, version])),
    engine: plan.engine?.identity,
    steps: withUpstream(instances, plan.instances).map(({ id, uses, plugin, fingerprint, place, inputs, options }) => ({
      instance: id,
      uses,
      plugin,
      fingerprint,
      place: documentLine(place, plan.baseFolder),
      inputs,
      options,
    })),
    looks,
  };
}
