import { loadLockedPlugins } from "../container/load-plugins.js";
import { createFileHasher } from "../files/file-hasher.js";
import { estimateInstance } from "../plan/estimate-instance.js";
import { readPlanFile } from "../plan/plan-file.js";
import type { EstimatedMemory } from "./estimate-in-child.js";

// The process that `estimateInChild` starts. A run that dies takes it with it.
process.on("disconnect", () => process.exit(1));

const [planFile, ...ids] = process.argv.slice(2);
// What there is to say of an instance is said when it runs.
const log = { info() {}, warn() {} };

const plan = readPlanFile(planFile);
const registry = await loadLockedPlugins(plan.plugins, createFileHasher());
for (const instance of plan.instances.filter(({ id }) => ids.includes(id))) {
  const estimate = await estimateInstance(plan, instance, { registry, env: process.env, log }).catch(() => undefined);
  if (estimate) await tell({ instance: instance.id, memoryBytes: estimate.memoryBytes ?? estimate.peakBytes });
}
// Engines may have left threads.
process.exit();

function tell(estimated: EstimatedMemory): Promise<void> {
  return new Promise((resolve) => process.send?.(estimated, undefined, undefined, () => resolve()));
}
