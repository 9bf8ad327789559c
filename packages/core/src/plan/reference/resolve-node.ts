import { EosinError, type SourcePlace } from "@eosin/plugin-api";
import { type DocumentNode, describeNode, type MapNode, shownValue } from "../../nodes/node.js";
import { limitExceeded } from "../limits/limits.js";
import { parseTemplate, type Reference } from "./parse-template.js";

/** @returns The value that a reference names. @throws EosinError where there is none. */
export type Lookup = (reference: Reference) => DocumentNode;

/** Parts of a value that are resolved already, and what they come to. */
export type FixedParts = ReadonlyMap<DocumentNode, DocumentNode>;

export interface Resolving {
  /** Parts that are resolved already, see `fixedParts`. */
  readonly fixed?: FixedParts;
  /** How long a text may become, in characters. */
  readonly most: number;
}

/**
 * Replaces every reference of a value. One that is the whole text keeps the type of what it names; those inside a text
 * are written into it.
 * @throws EosinError `BAD_REFERENCE`, `BAD_INTERPOLATION`, `LIMIT_EXCEEDED` and those of `lookup`
 */
export function resolveNode(node: MapNode, lookup: Lookup, how: Resolving): MapNode;
export function resolveNode(node: DocumentNode, lookup: Lookup, how: Resolving): DocumentNode;
export function resolveNode(node: DocumentNode, lookup: Lookup, how: Resolving): DocumentNode {
  const known = how.fixed?.get(node);
  if (known) return known;
  if (node.kind === "list") return { ...node, items: node.items.map((item) => resolveNode(item, lookup, how)) };
  if (node.kind === "map") {
    const entries = [...node.entries].map(
      ([key, entry]) => [key, { place: entry.place, node: resolveNode(entry.node, lookup, how) }] as const,
    );
    return { ...node, entries: new Map(entries) };
  }
  if (typeof node.value !== "string" || !node.value.includes("${")) return node;
  const parts = parseTemplate(node.value, node.place);
  const [first] = parts;
  if (parts.length === 1 && typeof first === "object") {
    return { ...lookup(first), via: { text: first.text, place: first.place } };
  }
  let [standIn, length] = [false, 0];
  const shown: string[] = [];
  const text = parts.map((part) => {
    if (typeof part === "string") {
      shown.push(part);
      return part;
    }
    const value = lookup(part);
    if (value.kind !== "scalar" || value.value === null) throw notText(part, value);
    standIn ||= value.standIn === true;
    shown.push(String(shownValue(value)));
    const written = String(value.value);
    length += written.length;
    if (length > how.most) throw tooLong(node.place, length, how.most);
    return written;
  });
  const value = text.join("");
  const secret = shown.join("");
  return {
    kind: "scalar",
    place: node.place,
    value,
    ...(standIn ? { standIn } : {}),
    ...(secret === value ? {} : { secret }),
  };
}

/** Every reference of a value, in document order. @throws EosinError `BAD_REFERENCE` */
export function referencesOf(node: DocumentNode): readonly Reference[] {
  if (node.kind === "list") return node.items.flatMap(referencesOf);
  if (node.kind === "map") return [...node.entries.values()].flatMap((entry) => referencesOf(entry.node));
  if (typeof node.value !== "string" || !node.value.includes("${")) return [];
  return parseTemplate(node.value, node.place).filter((part) => typeof part === "object");
}

function tooLong(place: SourcePlace, count: number, most: number): EosinError {
  const message = "References make a text longer than it may be.";
  return limitExceeded({ limit: "characters", most, count, message, place, otherwise: "Refer to less" });
}

function notText(reference: Reference, value: DocumentNode): EosinError {
  return new EosinError({
    code: "BAD_INTERPOLATION",
    message: `${reference.text} cannot be inside a text.`,
    place: reference.place,
    expected: "text, a number, true or false",
    found: describeNode(value),
    next: "Let the reference be the whole value.",
  });
}
