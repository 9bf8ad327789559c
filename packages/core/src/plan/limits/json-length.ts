import type { JsonValue } from "@eosin/plugin-api";

/** What is longer is remembered: what is shared is measured once. */
const rememberedFrom = 4096;

/** Characters of a value as JSON without white space, without making the text; of rare characters a little less. */
export function jsonLength(value: JsonValue, known: Map<object, number> = new Map()): number {
  if (typeof value === "string") return value.length + 2;
  if (typeof value !== "object" || value === null) return String(value).length;
  const before = known.get(value);
  if (before !== undefined) return before;
  const length = Array.isArray(value) ? listLength(value, known) : mapLength(value, known);
  if (length >= rememberedFrom) known.set(value, length);
  return length;
}

function listLength(list: readonly JsonValue[], known: Map<object, number>): number {
  return list.reduce<number>((sum, item) => sum + jsonLength(item, known) + 1, 1);
}

function mapLength(map: object, known: Map<object, number>): number {
  let length = 1;
  for (const [key, item] of Object.entries(map)) {
    if (item !== undefined) length += key.length + 4 + jsonLength(item as JsonValue, known);
  }
  return length;
}
