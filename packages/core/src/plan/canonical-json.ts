import type { JsonValue } from "@eosin/plugin-api";
import { sha256Of } from "@eosin/support/sha256";

/** One text for one value: no white space, keys sorted by UTF-16 code unit (as RFC 8785). */
export function canonicalJson(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const object = value as { readonly [key: string]: JsonValue };
  const members = Object.keys(object)
    .filter((key) => object[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(object[key])}`);
  return `{${members.join(",")}}`;
}

/** SHA-256 of the canonical text, hexadecimal. */
export function hashJson(value: JsonValue): string {
  return sha256Of(canonicalJson(value));
}
