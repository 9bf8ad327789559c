import type { PlanInstance } from "../plan/plan.js";

/** From what needs attention to what is done: the first that any instance has colours a step. */
export const nodeStates = ["failed", "skipped", "continues", "runs", "stored", "planned"] as const;

export type NodeState = (typeof nodeStates)[number];

/** States in words, for labels and the legend. */
export type StateWords = { readonly [state in NodeState]: string };

export interface GraphNode {
  readonly id: string;
  /** Empty where it is not known. */
  readonly uses: string;
  readonly state: NodeState;
  /** How many instances of each state are behind it; one where instances are shown. */
  readonly counts: { readonly [state in NodeState]?: number };
}

export interface PlanGraph {
  readonly nodes: readonly GraphNode[];
  /** From an artifact's writer to its reader. */
  readonly edges: readonly (readonly [from: string, to: string])[];
}

/** What the graph takes from an instance. */
export type DrawnInstance = Pick<PlanInstance, "id" | "step" | "uses" | "inputs">;

/**
 * The DAG of some instances of a plan, of which none reads another that is not among them.
 * @param states Of each instance.
 * @param by `step` has one node for all instances of a step.
 */
export function planGraph(
  instances: readonly DrawnInstance[],
  states: ReadonlyMap<string, NodeState>,
  by: "step" | "instance",
): PlanGraph {
  const nameOf = new Map(instances.map((each) => [each.id, by === "step" ? each.step : each.id]));
  const behind = new Map<string, { uses: string; states: NodeState[] }>();
  const edges = new Map<string, readonly [string, string]>();
  for (const { id, uses, inputs } of instances) {
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

/** `stored`, for several instances `4 × stored`, in several states `1 failed, 3 stored` */
export function describeCounts({ counts, state }: GraphNode, words: StateWords): string {
  const entries = Object.entries(counts) as [NodeState, number][];
  const total = entries.reduce((sum, [, count]) => sum + count, 0);
  if (total === 1) return words[state];
  if (entries.length === 1) return `${total} × ${words[state]}`;
  return entries.map(([each, count]) => `${count} ${words[each]}`).join(", ");
}
