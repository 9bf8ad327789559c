import { API_VERSION, type JsonValue, type PlannedOutput, type SaidOutput } from "@eosin/plugin-api";
import type { PluginLocks } from "../container/registry.js";
import { major } from "../packed/semver.js";
import type { FingerprintParts } from "../store/fingerprint-parts.js";
import { hashJson } from "./canonical-json.js";
import { fingerprintOf } from "./fingerprint.js";
import type { PlanInstance } from "./plan.js";
import { plannedFingerprint } from "./run-planned.js";

/** `data` → `data.look`. */
export function lookId(planned: string): string {
  return `${planned}.look`;
}

/**
 * The instance that opens what a planned one listed. It depends on that by content, on what is said of it, on the looks at its inputs, and on
 * the code of all plugins of the document, since it may use what they offer; not on the seed.
 * @param inputLooks Looks at the planned instances that its options name.
 */
export function lookInstance(
  planned: PlanInstance,
  output: PlannedOutput,
  inputLooks: readonly PlanInstance[],
  { threads, locks }: { readonly threads: number; readonly locks: PluginLocks },
): PlanInstance {
  const parts: FingerprintParts = {
    contract: `${major(API_VERSION)}`,
    planVersion: 1,
    component: planned.uses,
    plugins: Object.fromEntries(
      Object.keys(locks)
        .sort()
        .map((name) => [name, locks[name].hash]),
    ),
    options: {
      $look: plannedFingerprint(output),
      after: inputLooks.map(({ fingerprint }) => fingerprint),
      ...("said" in output && { said: hashJson((output as SaidOutput).said) }),
    } as JsonValue,
    seed: 0,
  };
  return {
    ...planned,
    id: lookId(planned.id),
    step: lookId(planned.step),
    role: "step",
    looksAt: planned.id,
    after: inputLooks.map(({ id }) => id),
    fingerprint: fingerprintOf(parts),
    parts,
    resources: { threads, device: "cpu" },
    produces: "look",
  };
}
