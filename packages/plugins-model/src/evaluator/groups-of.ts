import type { Split } from "@eosin/plugin-api/imaging";

/** The group of each sample, by id: its attribute that the split kept together. Samples without it have none. */
export function groupsOf({ dataset, groupBy }: Split): ReadonlyMap<string, string> {
  const groups = new Map<string, string>();
  if (groupBy === undefined) return groups;
  for (const { id, attributes } of dataset.samples) {
    const group = attributes?.[groupBy];
    if (group !== undefined) groups.set(id, group);
  }
  return groups;
}
