import { EosinError } from "@eosin/plugin-api";
import { type DocumentNode, describeNode, type MapNode } from "../../document/node.js";
import type { FixedParts } from "./fixed-parts.js";
import { parseTemplate, type Reference } from "./parse-template.js";

/** @returns The value that a reference names. @throws EosinError where there is none. */
export type Lookup = (reference: Reference) => DocumentNode;

/**
 * Replaces every reference of a value. One that is the whole text keeps the type of what it names; those inside a text
 * are written into it.
 * @param fixed Parts that are resolved already, see `fixedParts`.
 */
export function resolveNode(node: MapNode, lookup: Lookup, fixed?: FixedParts): MapNode;
export function resolveNode(node: DocumentNode, lookup: Lookup, fixed?: FixedParts): DocumentNode;
export function resolveNode(node: DocumentNode, lookup: Lookup, fixed?: FixedParts): DocumentNode {
  const known = fixed?.get(node);
  if (known) return known;
  if (node.kind === "list") return { ...node, items: node.items.map((item) => resolveNode(item, lookup, fixed)) };
  if (node.kind === "map") {
    const entries = [...node.entries].map(
      ([key, entry]) => [key, { place: entry.place, node: resolveNode(entry.node, lookup, fixed) }] as const,
    );
    return { ...node, entries: new Map(entries) };
  }
  if (typeof node.value !== "string" || !node.value.includes("${")) return node;
  const parts = parseTemplate(node.value, node.place);
  const [first] = parts;
  if (parts.length === 1 && typeof first === "object") {
    return { ...lookup(first), via: { text: first.text, place: first.place } };
  }
  let standIn = false;
  const text = parts.map((part) => {
    if (typeof part === "string") return part;
    const value = lookup(part);
    if (value.kind !== "scalar" || value.value === null) throw notText(part, value);
    standIn ||= value.standIn === true;
    return String(value.value);
  });
  return { kind: "scalar", place: node.place, value: text.join(""), ...(standIn ? { standIn } : {}) };
}

/** Every reference of a value, in document order. @throws EosinError `BAD_REFERENCE` */
export function referencesOf(node: DocumentNode): readonly Reference[] {
  if (node.kind === "list") return node.items.flatMap(referencesOf);
  if (node.kind === "map") return [...node.entries.values()].flatMap((entry) => referencesOf(entry.node));
  if (typeof node.value !== "string" || !node.value.includes("${")) return [];
  return parseTemplate(node.value, node.place).filter((part) => typeof part === "object");
}

function notText(reference: Reference, value: DocumentNode): EosinError {
  return new EosinError({
    code: "BAD_INTERPOLATION",
    message: `${reference.text} cannot stand inside a text.`,
    place: reference.place,
    expected: "text, a number, true or false",
    found: describeNode(value),
    next: "Let the reference be the whole value.",
  });
}
