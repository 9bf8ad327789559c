import type { Plan } from "@eosin/core";
import type { InstanceState } from "../instance-state.js";

export type NodeState = InstanceState | "failed";

/** From what needs attention to what is done: the first that any instance has colours a step. */
export const nodeStates: readonly NodeState[] = ["failed", "continues", "runs", "stored", "planned"];

/** In words, for labels and the legend. */
export const stateWords: { readonly [state in NodeState]: string } = {
  failed: "failed in the last run",
  continues: "continues",
  runs: "would run",
  stored: "stored",
  planned: "known while planning",
};

export interface GraphNode {
  readonly id: string;
  readonly uses: string;
  readonly state: NodeState;
  /** How many instances of each state stand behind it; one where instances are shown. */
  readonly counts: { readonly [state in NodeState]?: number };
}

export interface PlanGraph {
  readonly nodes: readonly GraphNode[];
  /** From an artifact's writer to its reader. */
  readonly edges: readonly (readonly [from: string, to: string])[];
}

/**
 * The DAG of a plan.
 * @param states Of each instance.
 * @param by `step` has one node for all instances of a step.
 */
export function planGraph(plan: Plan, states: ReadonlyMap<string, NodeState>, by: "step" | "instance"): PlanGraph {
  const nameOf = new Map(plan.instances.map((each) => [each.id, by === "step" ? each.step : each.id]));
  const behind = new Map<string, { uses: string; states: NodeState[] }>();
  const edges = new Map<string, readonly [string, string]>();
  for (const { id, uses, inputs } of plan.instances) {
    const name = nameOf.get(id)!;
    const node = behind.get(name) ?? { uses, states: [] };
    node.states.push(states.get(id)!);
    behind.set(name, node);
    for (const input of inputs) edges.set(`${nameOf.get(input)} → ${name}`, [nameOf.get(input)!, name]);
  }
  const nodes = [...behind].map(([id, node]): GraphNode => {
    const present = nodeStates.filter((state) => node.states.includes(state));
    const counts = present.map((state) => [state, node.states.filter((each) => each === state).length]);
    return { id, uses: node.uses, state: present[0], counts: Object.fromEntries(counts) };
  });
  return { nodes, edges: [...edges.values()] };
}

/** `stored`, or for several instances `4 instances: 3 stored, 1 failed in the last run` */
export function describeCounts({ counts, state }: GraphNode): string {
  const entries = Object.entries(counts) as [NodeState, number][];
  const total = entries.reduce((sum, [, count]) => sum + count, 0);
  if (total === 1) return stateWords[state];
  if (entries.length === 1) return `${total} × ${stateWords[state]}`;
  return entries.map(([each, count]) => `${count} ${stateWords[each]}`).join(", ");
}
