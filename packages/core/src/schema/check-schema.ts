import { EosinError, showPlace } from "@eosin/plugin-api";
import {
  type DocumentNode,
  describeNode,
  keyPlace,
  type NodePath,
  nearestNode,
  nodeAt,
  toSecretJson,
} from "../nodes/node.js";
import { artifactType, describeSchemas } from "./describe-schema.js";
import { meantName } from "./meant-name.js";
import { meantValue } from "./meant-value.js";
import { type ForeignSchema, isObject, type SchemaIssue, SchemaView } from "./schema-view.js";
import { dotted, findUnknownKeys, setByCore, unknownKey } from "./unknown-keys.js";

export interface CheckedAgainst {
  readonly schema: ForeignSchema;
  /** For messages: whose schema it is, e.g. `model/trainer`. */
  readonly owner: string;
  /** For messages: the path of the node, e.g. `steps.train.with`. */
  readonly where: string;
}

export interface SchemaFault {
  readonly path: NodePath;
  readonly error: EosinError;
}

export interface CheckedValue {
  /** With defaults filled in; present where there are no faults. */
  readonly data?: unknown;
  readonly faults: readonly SchemaFault[];
}

/** Parses the node's value; each fault has the place of the value that is at fault. */
export function checkSchema(node: DocumentNode, against: CheckedAgainst): CheckedValue {
  const parsed = against.schema.safeParse(toSecretJson(node));
  if (parsed.success && keepsEveryKey(node, parsed.data)) return { data: parsed.data, faults: [] };
  const view = SchemaView.of(against.schema, against.owner);
  const unknown = findUnknownKeys(view, node, against.where);
  if (parsed.success && unknown.length === 0) return { data: parsed.data, faults: [] };
  const faults: SchemaFault[] = [...unknown];
  for (const issue of (parsed.error?.issues ?? []).flatMap(innermost)) {
    const path = pathOf(issue);
    if (issue.code === "unrecognized_keys") {
      if (!unknown.some((each) => samePath(each.path, path)))
        faults.push(...unrecognized(node, issue, path, against, view));
    } else if (!faults.some((each) => samePath(each.path, path) && !unknown.includes(each))) {
      faults.push({ path, error: faultOf(node, issue, path, against, view) });
    }
  }
  return { faults };
}

/** Schemas drop the keys that they do not know; where none is missing, there is no need to look further. */
function keepsEveryKey(node: DocumentNode, data: unknown): boolean {
  if (node.kind === "scalar") return true;
  if (typeof data !== "object" || data === null) return false;
  if (node.kind === "list") {
    return Array.isArray(data) && node.items.every((item, index) => keepsEveryKey(item, data[index]));
  }
  const values = data as { readonly [key: string]: unknown };
  const component = node.entries.has("uses");
  for (const [key, entry] of node.entries) {
    if (!Object.hasOwn(values, key) || (component && setByCore.includes(key))) return false;
    if (!keepsEveryKey(entry.node, values[key])) return false;
  }
  return true;
}

/** A union says only that nothing fits; the branch that got furthest into the value says why. */
function innermost(issue: SchemaIssue): readonly SchemaIssue[] {
  const branches = issue.code === "invalid_union" ? (issue.errors ?? []) : [];
  const depth = (branch: readonly SchemaIssue[]) => Math.max(0, ...branch.map((each) => pathOf(each).length));
  const deepest = branches.reduce<readonly SchemaIssue[]>(
    (best, each) => (depth(each) > depth(best) ? each : best),
    [],
  );
  if (depth(deepest) === 0) return [issue];
  return deepest.map((each) => ({ ...each, path: [...issue.path, ...each.path] })).flatMap(innermost);
}

/** Paths into a handle end at the value that is one. */
function pathOf(issue: SchemaIssue): (string | number)[] {
  const path = issue.path.map((key) => (typeof key === "number" ? key : String(key)));
  const handle = path.indexOf("$artifact");
  return handle === -1 ? path : path.slice(0, handle);
}

function unrecognized(
  root: DocumentNode,
  issue: SchemaIssue,
  path: NodePath,
  against: CheckedAgainst,
  view: SchemaView,
): readonly SchemaFault[] {
  const node = nodeAt(root, path);
  if (node?.kind !== "map") return [];
  const known = view.at(path).flatMap((schema) => (isObject(schema.properties) ? Object.keys(schema.properties) : []));
  return (issue.keys ?? []).map((key) => ({ path, error: unknownKey(key, node, known, dotted(against.where, path)) }));
}

function faultOf(
  root: DocumentNode,
  issue: SchemaIssue,
  path: NodePath,
  against: CheckedAgainst,
  view: SchemaView,
): EosinError {
  const where = dotted(against.where, path);
  const schemas = view.at(path);
  const expected = describeSchemas(view, schemas);
  if (issue.code === "invalid_key") {
    const names = view.at(path.slice(0, -1)).map((schema) => schema.propertyNames);
    return new EosinError({
      code: "INVALID_NAME",
      message: `${where} is not a name.`,
      place: keyPlace(root, path),
      expected: names
        .map((each) => (isObject(each) ? each.description : undefined))
        .find((each) => typeof each === "string") as string | undefined,
      found: String(path.at(-1)),
      didYouMean: meantName(String(path.at(-1))),
    });
  }
  const node = nodeAt(root, path);
  if (node === undefined) {
    return new EosinError({
      code: "MISSING_VALUE",
      message: `${where} is missing.`,
      place: nearestNode(root, path).place,
      expected,
      found: "nothing",
    });
  }
  const taken = schemas.map(artifactType).filter((type) => type !== undefined);
  const given = handleTypes(node);
  if (taken.length > 0 && given.length > 0) return wrongArtifact(node, where, expected, taken, given);
  return new EosinError({
    code: "INVALID_VALUE",
    message: issue.code === "custom" ? `${where}: ${sentence(issue.message)}` : `${where} has the wrong value.`,
    place: node.place,
    expected,
    found: describeFound(node),
    didYouMean: meantValue(schemas, node),
  });
}

/** A reference to a step is there, but not to one that fits. */
function wrongArtifact(
  node: DocumentNode,
  where: string,
  expected: string | undefined,
  taken: readonly string[],
  given: readonly string[],
): EosinError {
  const fits = given.every((type) => taken.includes(type));
  return new EosinError({
    code: "WRONG_ARTIFACT",
    message: fits
      ? `${where} takes one ${taken.join(" or ")} artifact, and this reference gathers a list.`
      : `${where} takes a ${taken.join(" or ")} artifact, and this reference gives ${[...new Set(given)].join(", ")}.`,
    place: node.place,
    expected,
    found: describeFound(node),
    next: fits
      ? "Give this step the axes (each, matrix) of the one that it refers to, so that each gets its own."
      : undefined,
  });
}

/** What is there, and which reference brought it. */
function describeFound(node: DocumentNode): string {
  const types = handleTypes(node);
  if (types.length === 0) {
    return node.via ? `${describeNode(node)}, by ${node.via.text} at ${showPlace(node.via.place)}` : describeNode(node);
  }
  const reference = node.via?.text ?? "a reference";
  if (node.kind !== "list") return `${reference}, which gives one ${types[0]} artifact`;
  return `${reference}, which gives a list of ${[...new Set(types)].join(", ")} artifacts`;
}

/** The types of artifacts that a reference to a step brought; none for other values. */
function handleTypes(node: DocumentNode): readonly string[] {
  const nodes = node.kind === "list" ? node.items : [node];
  const types = nodes.map((each) => nodeAt(each, ["$artifact", "type"]));
  return types.flatMap((type) => (type?.kind === "scalar" ? [String(type.value)] : []));
}

function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

function samePath(a: NodePath, b: NodePath): boolean {
  return a.length === b.length && a.every((key, index) => String(key) === String(b[index]));
}
