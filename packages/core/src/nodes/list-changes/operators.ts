import type { MapNode } from "../node.js";

/**
 * Keys that change an inherited list in place of restating it. `$drop` takes an item or a list of them; `$change` and
 * `$replace` take a map of item → value; `$before` and `$after` a map of item → values; `$prepend` and `$append` values.
 */
export const listOperators = ["$drop", "$change", "$replace", "$before", "$after", "$prepend", "$append"] as const;
export type ListOperator = (typeof listOperators)[number];

export function isListOperator(key: string): key is ListOperator {
  return (listOperators as readonly string[]).includes(key);
}

/** A map that changes a list; keys of options never begin with `$`. */
export function isListChange(node: MapNode): boolean {
  return [...node.entries.keys()].some(isListOperator);
}
