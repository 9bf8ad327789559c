import type { MissingInput } from "@eosin/plugin-api";
import { type DrawnInstance, type NodeState, planGraph, type StateWords } from "../graph/plan-graph.js";
import { svgOf } from "../graph/svg.js";
import type { Plan, PlanInstance } from "../plan/plan.js";
import { withUpstream } from "../plan/upstream.js";

const words: StateWords = {
  failed: "failed",
  skipped: "skipped",
  continues: "continues",
  runs: "would run",
  stored: "done",
  planned: "known while planning",
};

/**
 * The steps that an instance depends on, and itself, as SVG. It knows what the fingerprint knows and nothing else: of
 * what is missing the names, and which of them failed.
 */
export async function drawSteps(plan: Plan, instance: PlanInstance): Promise<string> {
  const missing = instance.missing ?? [];
  const made = withUpstream([instance], plan.instances);
  const states = new Map<string, NodeState>(
    made.map(({ id, role }) => [id, role === "planned" ? "planned" : "stored"]),
  );
  const absent = absentInstances(missing, states);
  for (const { id } of absent) states.set(id, missing.some(({ because }) => because === id) ? "failed" : "skipped");
  const lacking = missing.map((each) => each.instance);
  const drawn = made.map((each) =>
    each.id === instance.id ? { ...each, inputs: [...each.inputs, ...lacking] } : each,
  );
  const { name, profile } = plan.document;
  return svgOf(planGraph([...drawn, ...absent], states, "step"), profile ? `${name} (${profile})` : name, words);
}

/** What is missing, and what it is missing for. */
function absentInstances(missing: readonly MissingInput[], known: ReadonlyMap<string, NodeState>): DrawnInstance[] {
  const absent = new Map<string, DrawnInstance>();
  const add = (id: string, inputs: readonly string[]) => {
    if (!known.has(id) && !absent.has(id)) absent.set(id, { id, step: id.replace(/\[.*$/, ""), uses: "", inputs });
  };
  for (const { instance, because } of missing) add(instance, instance === because ? [] : [because]);
  for (const { because } of missing) add(because, []);
  return [...absent.values()];
}
