import type { RunProvenance } from "@eosin/plugin-api";
import type { Plan } from "../plan/plan.js";

export function provenanceOf(plan: Plan): RunProvenance {
  const { name, description, file, profile } = plan.document;
  return {
    document: { name, description, file },
    profile,
    params: plan.params,
    seed: plan.seed,
    plugins: Object.fromEntries(Object.entries(plan.plugins).map(([plugin, { version }]) => [plugin, version])),
    engine: plan.engine?.identity,
    steps: plan.instances.map(({ id, uses, fingerprint, options }) => ({ instance: id, uses, fingerprint, options })),
  };
}
