import { API_VERSION, type JsonValue, type PlannedOutput } from "@eosin/plugin-api";
import { major } from "../packed/semver.js";
import { fingerprintOf } from "./fingerprint.js";
import type { FingerprintParts, PlanInstance } from "./plan.js";
import { plannedFingerprint } from "./run-planned.js";

/** `data` → `data.look`. */
export function lookId(planned: string): string {
  return `${planned}.look`;
}

/**
 * The instance that opens what a planned one listed. It depends on that by content, on the looks at its inputs, and on
 * the plugins' code; not on the seed.
 * @param inputLooks Looks at the planned instances that its options name.
 */
export function lookInstance(
  planned: PlanInstance,
  output: PlannedOutput,
  inputLooks: readonly PlanInstance[],
  threads: number,
): PlanInstance {
  const parts: FingerprintParts = {
    contract: `${major(API_VERSION)}`,
    planVersion: 1,
    component: planned.uses,
    plugins: planned.parts.plugins,
    options: {
      $look: plannedFingerprint(output),
      after: inputLooks.map(({ fingerprint }) => fingerprint),
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
