import type { ArtifactHandle, Look, LookLine, PlannedOutput, TracedLook } from "@eosin/plugin-api";
import type { Plan, PlanInstance } from "../plan/plan.js";
import { withUpstream } from "../plan/upstream.js";
import type { Store } from "../store/store.js";

/** The look at a planned instance, where its component has one. */
export function lookAt(plan: Pick<Plan, "instances">, planned: string): PlanInstance | undefined {
  return plan.instances.find(({ looksAt }) => looksAt === planned);
}

/** What a look said; nothing where the store does not have it. */
export async function lookLines(look: PlanInstance, store: Store): Promise<readonly LookLine[]> {
  return (await storedLook(look, store))?.lines ?? [];
}

/** What readers of a planned instance get: what its look settled, else what was planned. */
export async function settledOutput(
  plan: Plan,
  { $artifact: { instance } }: ArtifactHandle,
  store: Store,
): Promise<PlannedOutput> {
  const look = lookAt(plan, instance);
  return (look && (await storedLook(look, store))?.settled) ?? plan.planned[instance];
}

/** For reports: of the planned instances that some depend on. */
export async function tracedLooks(
  plan: Plan,
  instances: readonly PlanInstance[],
  store: Store,
): Promise<readonly TracedLook[]> {
  const traced: TracedLook[] = [];
  for (const { id, role } of withUpstream(instances, plan.instances)) {
    const look = role === "planned" ? lookAt(plan, id) : undefined;
    const lines = look ? await lookLines(look, store) : [];
    if (lines.length > 0) traced.push({ instance: id, lines });
  }
  return traced;
}

async function storedLook(look: PlanInstance, store: Store): Promise<Look | undefined> {
  return (await store.find(look.fingerprint))?.value as Look | undefined;
}
