import type { JsonValue, SourcePlace } from "@eosin/plugin-api";
import { cutText } from "../errors/cut-text.js";

export type Scalar = string | number | boolean | null;

/** A reference that gave a value, and where it is: the value itself keeps the place where it was written. */
export interface ReferenceUse {
  /** As written, e.g. `${params.alpha}`. */
  readonly text: string;
  readonly place: SourcePlace;
}

interface Located {
  readonly place: SourcePlace;
  readonly via?: ReferenceUse;
}

export interface ScalarNode extends Located {
  readonly kind: "scalar";
  readonly value: Scalar;
  /** The value is a stand-in: a document is validated without the environment that it will run in. */
  readonly standIn?: boolean;
  /** The environment variable that gave the value. */
  readonly variable?: string;
  /** What is shown and kept in the place of the value, where a secret variable gave it: `${env.NAME}`. */
  readonly secret?: string;
}

export interface ListNode extends Located {
  readonly kind: "list";
  readonly items: readonly DocumentNode[];
}

export interface MapEntry {
  /** Of the key. */
  readonly place: SourcePlace;
  readonly node: DocumentNode;
}

export interface MapNode extends Located {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, MapEntry>;
}

/** A value of a document that knows where it was written. */
export type DocumentNode = ScalarNode | ListNode | MapNode;

export type NodePath = readonly (string | number)[];

/** As it may be shown and kept: with stand-ins in the place of secrets. */
export function toJson(node: DocumentNode): JsonValue {
  return jsonOf(node, shownValue);
}

/** With what secret variables hold: for the eyes of schemas alone. */
export function toSecretJson(node: DocumentNode): JsonValue {
  return jsonOf(node, (scalar) => scalar.value);
}

export function shownValue({ value, secret }: ScalarNode): Scalar {
  return secret ?? value;
}

function jsonOf(node: DocumentNode, readScalar: (scalar: ScalarNode) => Scalar): JsonValue {
  switch (node.kind) {
    case "scalar":
      return readScalar(node);
    case "list":
      return node.items.map((item) => jsonOf(item, readScalar));
    case "map":
      return Object.fromEntries([...node.entries].map(([key, entry]) => [key, jsonOf(entry.node, readScalar)]));
  }
}

/** The same value as a tree whose nodes all have one place. */
export function fromJson(value: JsonValue, place: SourcePlace, via?: ReferenceUse): DocumentNode {
  if (Array.isArray(value)) {
    return { kind: "list", place, via, items: (value as JsonValue[]).map((item) => fromJson(item, place, via)) };
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(
      ([key, item]) => [key, { place, node: fromJson(item, place, via) }] as const,
    );
    return { kind: "map", place, via, entries: new Map(entries) };
  }
  return { kind: "scalar", place, via, value: value as Scalar };
}

export function childOf(node: DocumentNode | undefined, key: string | number): DocumentNode | undefined {
  if (node?.kind === "map") return node.entries.get(String(key))?.node;
  if (node?.kind === "list") return node.items[Number(key)];
  return undefined;
}

export function nodeAt(root: DocumentNode, path: NodePath): DocumentNode | undefined {
  return path.reduce<DocumentNode | undefined>(childOf, root);
}

/** The node at the path, or the innermost one that exists on the way to it. */
export function nearestNode(root: DocumentNode, path: NodePath): DocumentNode {
  let node = root;
  for (const key of path) {
    const child = childOf(node, key);
    if (child === undefined) break;
    node = child;
  }
  return node;
}

/** Where the key at the end of the path is; the place of the innermost node where there is none. */
export function keyPlace(root: DocumentNode, path: NodePath): SourcePlace {
  const parent = nodeAt(root, path.slice(0, -1));
  const last = path.at(-1);
  if (parent?.kind === "map" && last !== undefined) {
    const entry = parent.entries.get(String(last));
    if (entry) return entry.place;
  }
  return nearestNode(root, path).place;
}

/** Whether something in it is not a value of its own, but stands for a variable that is not set. */
export function holdsStandIn(node: DocumentNode): boolean {
  if (node.kind === "scalar") return node.standIn === true;
  const children = node.kind === "list" ? node.items : [...node.entries.values()].map((entry) => entry.node);
  return children.some(holdsStandIn);
}

export function mapEntries(node: DocumentNode | undefined): ReadonlyMap<string, MapEntry> {
  return node?.kind === "map" ? node.entries : new Map();
}

/** A word for messages: `a list`, `the number 3`. */
export function describeNode(node: DocumentNode): string {
  if (node.kind === "list") return `a list of ${node.items.length}`;
  if (node.kind === "map") return `a map with ${cutText([...node.entries.keys()].join(", "), 200) || "no keys"}`;
  if (node.secret !== undefined) return `the value of ${node.secret}, which is secret`;
  if (node.value === null) return "nothing (null)";
  return `${cutText(JSON.stringify(node.value), 200)} (a ${typeof node.value})`;
}
