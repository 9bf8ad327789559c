import { EosinError, nearestName, type SourcePlace } from "@eosin/plugin-api";
import { childOf, type DocumentNode, describeNode, type ListNode } from "../node.js";

/**
 * The index of the item that a text names: its number from 0, the `uses` of a component, or an item that is the text
 * itself, such as a reference.
 * @param place Of the text.
 * @throws EosinError `LIST_ITEM_MISSING`, `LIST_ITEM_AMBIGUOUS`
 */
export function findItem(list: ListNode, name: string, place: SourcePlace): number {
  if (/^\d+$/.test(name) && Number(name) < list.items.length) return Number(name);
  const names = list.items.map(nameOf);
  const found = [...names.keys()].filter((index) => names[index] === name);
  if (found.length === 1) return found[0];
  if (found.length > 1) {
    throw new EosinError({
      code: "LIST_ITEM_AMBIGUOUS",
      message: `${found.length} items of this list are ${name}.`,
      place,
      expected: `the number of one of them: ${found.join(" or ")}`,
      found: name,
    });
  }
  const known = names.filter((each) => each !== undefined);
  throw new EosinError({
    code: "LIST_ITEM_MISSING",
    message: `The inherited list has no item ${name}.`,
    place,
    expected: list.items.length === 0 ? "no item: the list is empty" : `one of ${itemsOf(list)}`,
    found: name,
    didYouMean: nearestName(name, known),
  });
}

function nameOf(item: DocumentNode): string | undefined {
  const named = item.kind === "map" ? childOf(item, "uses") : item;
  return named?.kind === "scalar" && typeof named.value === "string" ? named.value : undefined;
}

function itemsOf(list: ListNode): string {
  return list.items.map((item, index) => `${index} (${nameOf(item) ?? describeNode(item)})`).join(", ");
}
