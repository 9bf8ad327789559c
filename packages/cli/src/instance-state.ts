import type { PlanInstance, Store } from "@eosin/core";

/** What the next run would do with an instance: nothing, as it is planned or stored; go on from a checkpoint; or run. */
export type InstanceState = "planned" | "stored" | "continues" | "runs";

export async function stateOf(instance: PlanInstance, store: Store, fresh: boolean): Promise<InstanceState> {
  if (instance.role === "planned") return "planned";
  if (!fresh && (await store.has(instance.fingerprint))) return "stored";
  return (await store.hasScratch(instance.fingerprint)) ? "continues" : "runs";
}
