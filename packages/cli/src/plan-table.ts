import { type Plan, planText, type Store } from "@eosin/core";
import { alignColumns } from "@eosin/support/align-columns";
import { stateOf } from "./instance-state.js";
import { print } from "./terminal.js";

/** A line each instance: name, component, fingerprint, and whether it is stored, continues or runs. */
export async function printPlan(plan: Plan, store: Store, how: { json: boolean; fresh: boolean }): Promise<void> {
  const states = await Promise.all(plan.instances.map((each) => stateOf(each, store, how.fresh)));
  if (how.json) {
    const instances = plan.instances.map((each, i) => ({ ...each, state: states[i] }));
    print(planText({ ...plan, instances }));
    return;
  }
  const rows = plan.instances.map((each, i) => [each.id, each.uses, each.fingerprint.slice(0, 12), states[i]]);
  print(`${alignColumns([["instance", "component", "fingerprint", "state"], ...rows]).join("\n")}\n`);
}
