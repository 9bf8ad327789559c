import { EosinError, nearestName } from "@eosin/plugin-api";
import type { PastArtifact, Store } from "../store/store.js";
import { type Change, describeChange, differingParts } from "./differing-parts.js";
import type { Plan, PlanInstance } from "./plan.js";

type ExplainStore = Pick<Store, "has" | "history">;

export interface Explanation {
  readonly instance: string;
  readonly step: string;
  readonly outcome: "planned" | "reused" | "would-run";
  /** Sentences: why. */
  readonly reasons: readonly string[];
  /** The earlier artifact that differs least. */
  readonly comparedWith?: { readonly fingerprint: string; readonly instance: string; readonly when: string };
}

/**
 * Says whether an instance would run, and if so what changed since the nearest earlier run of its step.
 * @throws EosinError `UNKNOWN_INSTANCE`
 */
export async function explainInstance(plan: Plan, instanceId: string, store: ExplainStore): Promise<Explanation> {
  const instance = findInstance(plan, instanceId);
  const about = { instance: instance.id, step: instance.step };
  if (instance.role === "planned") {
    return { ...about, outcome: "planned", reasons: ["It runs whenever the document is planned; its content counts."] };
  }
  if (await store.has(instance.fingerprint)) {
    return { ...about, outcome: "reused", reasons: ["An artifact with the same fingerprint is stored."] };
  }
  const history = await store.history(instance.step);
  const compared = history.map((past) => ({ past, changes: differingParts(past.parts, instance) }));
  if (compared.length === 0) {
    return { ...about, outcome: "would-run", reasons: [`Step ${instance.step} has no artifact in this store.`] };
  }
  const nearest = compared.reduce((best, each) => (isNearer(each, best, instance) ? each : best));
  const { fingerprint, instance: id, when } = nearest.past;
  const reasons =
    nearest.changes.length === 0
      ? ["Its artifact was removed from the store."]
      : nearest.changes.map((change) => describeChange(change));
  return { ...about, outcome: "would-run", reasons, comparedWith: { fingerprint, instance: id, when } };
}

interface Compared {
  readonly past: PastArtifact;
  readonly changes: readonly Change[];
}

/** Of equally many changes the artifact of the same instance is nearer, then the newer one. */
function isNearer(a: Compared, b: Compared, instance: PlanInstance): boolean {
  if (a.changes.length !== b.changes.length) return a.changes.length < b.changes.length;
  return a.past.instance === instance.id && b.past.instance !== instance.id;
}

function findInstance(plan: Plan, id: string): PlanInstance {
  const found = plan.instances.find((each) => each.id === id);
  if (found) return found;
  const ids = plan.instances.map((each) => each.id);
  throw new EosinError({
    code: "UNKNOWN_INSTANCE",
    message: `The plan has no instance ${id}.`,
    expected: `one of ${ids.join(", ")}`,
    found: id,
    didYouMean: nearestName(id, ids),
  });
}
