import { EosinError, nearestName, type SourcePlace } from "@eosin/plugin-api";
import { type DocumentNode, describeNode, type ListNode, type MapNode } from "../node.js";
import { findItem } from "./find-item.js";
import { isListOperator, type ListOperator, listOperators } from "./operators.js";

type Merge = (base: DocumentNode, patch: DocumentNode) => DocumentNode;

/** What happens to one item, and what is put beside it. */
interface ItemChange {
  fate?: { readonly operator: ListOperator; readonly node?: DocumentNode };
  readonly before: DocumentNode[];
  readonly after: DocumentNode[];
}

/**
 * Applies `$drop`, `$change`, … to an inherited list. Items are named as they were inherited, so the order in which the
 * operators are does not matter.
 * @param merge Lays the patch of `$change` over an item.
 * @throws EosinError `LIST_CHANGE_INVALID`, `LIST_ITEM_MISSING`, `LIST_ITEM_AMBIGUOUS`, with the place in the patch
 */
export function changeList(base: DocumentNode | undefined, patch: MapNode, merge: Merge): ListNode {
  if (base?.kind !== "list") throw noList(base, patch);
  const changes = base.items.map((): ItemChange => ({ before: [], after: [] }));
  const first: DocumentNode[] = [];
  const last: DocumentNode[] = [];
  const decide = (name: string, place: SourcePlace, operator: ListOperator, node?: DocumentNode) => {
    const change = changes[findItem(base, name, place)];
    if (change.fate) throw twice(name, place, change.fate.operator, operator);
    change.fate = { operator, node };
  };
  for (const [key, { place, node }] of patch.entries) {
    if (!isListOperator(key)) throw notOperator(key, place);
    if (key === "$prepend") first.push(...valuesOf(node));
    else if (key === "$append") last.push(...valuesOf(node));
    else if (key === "$drop") for (const item of valuesOf(node)) decide(nameOfDropped(item), item.place, key);
    else {
      for (const [name, entry] of itemsOf(key, node)) {
        if (key === "$before") changes[findItem(base, name, entry.place)].before.push(...valuesOf(entry.node));
        else if (key === "$after") changes[findItem(base, name, entry.place)].after.push(...valuesOf(entry.node));
        else decide(name, entry.place, key, entry.node);
      }
    }
  }
  const items = base.items.flatMap((item, index) => {
    const { before, fate, after } = changes[index];
    return [...before, ...settle(item, fate, merge), ...after];
  });
  return { ...base, items: [...first, ...items, ...last] };
}

function settle(item: DocumentNode, fate: ItemChange["fate"], merge: Merge): readonly DocumentNode[] {
  if (fate === undefined) return [item];
  if (fate.node === undefined) return [];
  return [fate.operator === "$change" ? merge(item, fate.node) : fate.node];
}

/** One value may be without brackets. */
function valuesOf(node: DocumentNode): readonly DocumentNode[] {
  return node.kind === "list" ? node.items : [node];
}

function nameOfDropped(item: DocumentNode): string {
  if (item.kind === "scalar" && item.value !== null) return String(item.value);
  throw invalid("$drop takes the names of items.", item.place, "a uses, a number from 0, or a list of them", item);
}

function itemsOf(operator: ListOperator, node: DocumentNode): MapNode["entries"] {
  if (node.kind === "map") return node.entries;
  throw invalid(`${operator} takes a map of items.`, node.place, `${operator}: { family/name: … }`, node);
}

function noList(base: DocumentNode | undefined, patch: MapNode): EosinError {
  const [[operator, { place }]] = [...patch.entries];
  return new EosinError({
    code: "LIST_CHANGE_INVALID",
    message: `${operator} changes a list, and none is inherited here.`,
    place,
    expected: "a list in what this file extends, or before this profile",
    found: base === undefined ? "nothing" : describeNode(base),
    next: base?.kind === "map" ? "In a map, null drops a key: name: null" : "Write the list itself.",
  });
}

function notOperator(key: string, place: SourcePlace): EosinError {
  return new EosinError({
    code: "LIST_CHANGE_INVALID",
    message: `${key} cannot be beside what changes a list.`,
    place,
    expected: `only ${listOperators.join(", ")}`,
    found: key,
    didYouMean: nearestName(key, listOperators),
  });
}

function twice(name: string, place: SourcePlace, before: ListOperator, now: ListOperator): EosinError {
  return new EosinError({
    code: "LIST_CHANGE_INVALID",
    message: `Two changes are made to the item ${name}.`,
    place,
    expected: "one of $drop, $change and $replace for an item",
    found: `${before} and ${now}`,
  });
}

function invalid(message: string, place: SourcePlace, expected: string, found: DocumentNode): EosinError {
  return new EosinError({ code: "LIST_CHANGE_INVALID", message, place, expected, found: describeNode(found) });
}
