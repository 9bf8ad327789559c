import type { PatchFallbacks, Predictions } from "@eosin/plugin-api/imaging";

/** The patches that one component could not treat as asked, over all steps that a report is about. */
export interface FallbackSummary {
  readonly component: string;
  /** What it did with them instead, e.g. `left as it is`. */
  readonly treatment: string;
  /** Distinct patches with the reasons met first, sorted by id. */
  readonly patches: readonly { readonly id: string; readonly reason: string }[];
  /** Where: `count` distinct patches of the `of` of a split's part; points of a sweep are taken together. */
  readonly parts: readonly {
    readonly split: string;
    readonly part: string;
    readonly count: number;
    readonly of: number;
  }[];
}

/** Joins what evaluators kept, their models' training included. Sorted by component, then by split and part. */
export function summarizeFallbacks(predictions: readonly Predictions[]): readonly FallbackSummary[] {
  const all = predictions.flatMap((each) => each.fallbacks ?? []);
  return groupBy(all, ({ component, treatment }) => [component, treatment]).map((group) => ({
    component: group[0].component,
    treatment: group[0].treatment,
    patches: distinctPatches(group),
    parts: groupBy(group, ({ split, part }) => [split, part]).map((members) => ({
      split: members[0].split,
      part: members[0].part,
      count: distinctPatches(members).length,
      of: Math.max(...members.map(({ of }) => of)),
    })),
  }));
}

function distinctPatches(group: readonly PatchFallbacks[]): FallbackSummary["patches"] {
  const reasons = new Map<string, string>();
  for (const { id, reason } of group.flatMap(({ patches }) => patches)) {
    if (!reasons.has(id)) reasons.set(id, reason);
  }
  return [...reasons.keys()].sort().map((id) => ({ id, reason: reasons.get(id)! }));
}

/** Groups in the order of their keys. */
function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => readonly string[]): readonly Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = JSON.stringify(keyOf(item));
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups.keys()].sort().map((key) => groups.get(key)!);
}
