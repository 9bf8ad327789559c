import { EosinError, type JsonObject, nearestName } from "@eosin/plugin-api";
import type { DocumentNode, MapNode } from "../nodes/node.js";
import { componentKind } from "./describe-schema.js";
import { isObject, type SchemaView } from "./schema-view.js";

/** Keys of `component(kind)` that the core sets itself. */
export const setByCore: readonly string[] = ["kind", "plugin"];

export interface UnknownKey {
  readonly path: readonly (string | number)[];
  readonly error: EosinError;
}

/**
 * Keys that no alternative of the schema names, at every depth, whether or not zod would have refused them. Options of
 * components named inside are left to the schemas of those.
 * A map that the schema leaves open (a record, a loose object, anything) is left alone.
 * @param where For messages: `steps.train.with`.
 */
export function findUnknownKeys(view: SchemaView, node: DocumentNode, where: string): readonly UnknownKey[] {
  const found: UnknownKey[] = [];
  walk(view, view.alternatives(view.root), node, [], (path, key, map, known) => {
    found.push({ path, error: unknownKey(key, map, known, dotted(where, path)) });
  });
  return found;
}

type Report = (path: readonly (string | number)[], key: string, map: MapNode, known: readonly string[]) => void;

function walk(
  view: SchemaView,
  schemas: readonly JsonObject[],
  node: DocumentNode,
  path: readonly (string | number)[],
  report: Report,
): void {
  if (node.kind === "list") {
    for (const [index, item] of node.items.entries()) {
      walk(view, view.children(schemas, index), item, [...path, index], report);
    }
  }
  if (node.kind !== "map") return;
  const possible = schemas.filter((schema) => describesMap(schema, node));
  const open = possible.length === 0 || possible.some(isOpen);
  const known = possible.flatMap(knownKeys);
  for (const [key, entry] of node.entries) {
    if (!open && !known.includes(key)) report(path, key, node, known);
    else if (key !== "with" || !possible.some(componentKind))
      walk(view, view.children(possible, key), entry.node, [...path, key], report);
  }
}

/** Not so for lists and scalars, and for a branch of a union whose constant the map contradicts. */
function describesMap(schema: JsonObject, node: MapNode): boolean {
  if (schema.type !== undefined && schema.type !== "object") return false;
  if (!isObject(schema.properties)) return true;
  return Object.entries(schema.properties).every(([key, property]) => {
    if (!isObject(property) || property.const === undefined) return true;
    const value = node.entries.get(key)?.node;
    return value?.kind !== "scalar" || value.value === property.const;
  });
}

function isOpen(schema: JsonObject): boolean {
  if (!isObject(schema.properties)) return true;
  return schema.additionalProperties !== undefined && schema.additionalProperties !== false;
}

function knownKeys(schema: JsonObject): readonly string[] {
  const keys = isObject(schema.properties) ? Object.keys(schema.properties) : [];
  return componentKind(schema) === undefined ? keys : keys.filter((key) => !setByCore.includes(key));
}

/** `steps.train.with.augment.0`, or `The document` for its root. */
export function dotted(where: string, path: readonly (string | number)[]): string {
  return [where, ...path].filter((part) => part !== "").join(".") || "The document";
}

export function unknownKey(key: string, map: MapNode, known: readonly string[], where: string): EosinError {
  return new EosinError({
    code: "UNKNOWN_KEY",
    message: `${where} has no key ${key}.`,
    place: map.entries.get(key)?.place ?? map.place,
    expected: known.length === 0 ? "no keys" : `one of ${[...new Set(known)].join(", ")}`,
    found: key,
    didYouMean: nearestName(key, known),
  });
}
