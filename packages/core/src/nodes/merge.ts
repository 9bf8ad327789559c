import { changeList } from "./list-changes/change-list.js";
import { isListChange } from "./list-changes/operators.js";
import type { DocumentNode, MapNode } from "./node.js";

/**
 * Lays a patch over a value, as JSON Merge Patch does (RFC 7396): maps merge deeply, lists and scalars replace, `null`
 * drops a key. Two rules are added: a patch that names another `uses` drops the `with` that belonged to the old one, and
 * errors then point to the patch; a map of list operators (`$drop`, …) changes a list instead of replacing it.
 * @throws EosinError of `changeList`
 */
export function mergeNodes(base: DocumentNode | undefined, patch: DocumentNode): DocumentNode {
  if (patch.kind !== "map") return patch;
  if (isListChange(patch)) return changeList(base, patch, mergeNodes);
  const old: MapNode | undefined = base?.kind === "map" ? base : undefined;
  const entries = new Map(old?.entries);
  const replaces = usesAnother(old, patch);
  if (replaces) entries.delete("with");
  for (const [key, { place, node }] of patch.entries) {
    if (isNull(node)) {
      entries.delete(key);
      continue;
    }
    const before = entries.get(key);
    const merged = mergeNodes(before?.node, node);
    const stays = before && node.kind === "map" && !usesAnother(before.node, node);
    entries.set(key, { place: stays ? before.place : place, node: merged });
  }
  return { kind: "map", place: old && !replaces ? old.place : patch.place, entries };
}

export function isNull(node: DocumentNode): boolean {
  return node.kind === "scalar" && node.value === null;
}

function usesAnother(base: DocumentNode | undefined, patch: MapNode): boolean {
  const before = base?.kind === "map" ? base.entries.get("uses")?.node : undefined;
  const after = patch.entries.get("uses")?.node;
  if (before?.kind !== "scalar" || after?.kind !== "scalar") return false;
  return before.value !== after.value;
}
