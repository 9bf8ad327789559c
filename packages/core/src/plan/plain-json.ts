import { EosinError, type JsonValue } from "@eosin/plugin-api";
import type { RegisteredComponent } from "../container/registered-component.js";

/**
 * Parsed options cross processes and join fingerprints, so they must be plain JSON. Keys without a value are dropped.
 * @throws EosinError `OPTIONS_NOT_JSON`, naming the component
 */
export function toPlainJson(value: unknown, owner: RegisteredComponent): JsonValue {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map((item) => toPlainJson(item, owner));
  if (typeof value === "object" && isPlain(value)) {
    const plain: [string, JsonValue][] = [];
    for (const [key, item] of Object.entries(value)) {
      if (item !== undefined) plain.push([key, toPlainJson(item, owner)]);
    }
    return Object.fromEntries(plain);
  }
  throw new EosinError({
    code: "OPTIONS_NOT_JSON",
    message: `The options schema of ${owner.definition.type} gives a value that is not plain JSON.`,
    place: owner.plugin,
    expected: "text, finite numbers, true, false, null, lists and maps",
    found: String(value),
    next: "Let the schema keep plain values, and convert them where the component is created.",
  });
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
