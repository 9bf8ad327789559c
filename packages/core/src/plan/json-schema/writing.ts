import type { JsonObject } from "@eosin/plugin-api";

/**
 * `whole`: options as they stand where nothing is inherited. `change`: as a profile or an extending file lays them over
 * others: nothing is required, and `null` drops a key; lists replace, so that what is in them is whole again.
 */
export type Writing = "whole" | "change";

export function defName(writing: Writing, name: string): string {
  return writing === "whole" ? name : `${name}?`;
}

/** The definition that ties the options of a kind's components to their types. */
export function optionsOfKind(kind: string): string {
  return `options-of-${kind}`;
}

export function refTo(writing: Writing, name: string): JsonObject {
  return { $ref: `#/$defs/${encodeURIComponent(defName(writing, name).replaceAll("~", "~0").replaceAll("/", "~1"))}` };
}
