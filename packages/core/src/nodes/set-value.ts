import { EosinError, isEosinError, nearestName, type SourcePlace } from "@eosin/plugin-api";
import { findItem } from "./list-changes/find-item.js";
import { isNull, mergeNodes } from "./merge.js";
import { type DocumentNode, describeNode, type MapNode, mapEntries, nodeAt } from "./node.js";
import { parseYaml } from "./parse-yaml.js";

const roots = ["params", "steps", "seed", "engine"];
const stepKeys = ["uses", "with", "each", "matrix"];

/**
 * Applies one `--set path=value`, where value is YAML and `null` drops what is there. Maps merge and lists replace;
 * in the path an item of a list goes by its number or its `uses`. `steps.NAME=null` drops a step.
 * @throws EosinError `BAD_SET`, `UNKNOWN_PARAMETER`, `UNKNOWN_STEP`, those of `findItem` and `mergeNodes`
 */
export function setValue(document: MapNode, assignment: string): MapNode {
  const flag = `--set ${assignment}`;
  const equals = assignment.indexOf("=");
  const place: SourcePlace = { file: flag, line: 1, column: "--set ".length + 1 };
  if (equals <= 0) {
    throw badSet(place, "has no value", "--set path=value", assignment, "For example --set params.alpha=0.5");
  }
  const path = assignment.slice(0, equals).split(".");
  const value = parseValue(flag, "--set ".length + equals + 1);
  checkPath(document, path, isNull(value), place);
  return assign(document, path, value, place) as MapNode;
}

function parseValue(flag: string, start: number): DocumentNode {
  const place: SourcePlace = { file: flag, line: 1, column: start + 1 };
  let value: DocumentNode | undefined;
  try {
    value = parseYaml({ file: flag, text: flag.slice(start), columnOffset: start });
  } catch (error) {
    if (!isEosinError(error)) throw error;
    throw badSet(
      place,
      "has a value that is not YAML",
      "a number, a word, [a, list] or {a: map}",
      error.message,
      error.next,
    );
  }
  if (value !== undefined) return value;
  throw badSet(place, "has no value", "a value after the =", "nothing", "null drops the key, '' is the empty text");
}

function checkPath(document: MapNode, path: readonly string[], drops: boolean, place: SourcePlace): void {
  const [root, name, key] = path;
  const text = path.join(".");
  if (!roots.includes(root) || path.includes("")) {
    throw new EosinError({
      code: "BAD_SET",
      message: `--set cannot change ${text}.`,
      place,
      expected: "a path that starts with params, steps, seed or engine",
      found: text,
      didYouMean: nearestName(root, roots),
    });
  }
  if (root !== "params" && root !== "steps") return;
  const known = [...mapEntries(nodeAt(document, [root])).keys()];
  if (name === undefined || !known.includes(name)) {
    throw new EosinError({
      code: root === "params" ? "UNKNOWN_PARAMETER" : "UNKNOWN_STEP",
      message:
        `--set names ${text}, but the document has no ${root === "params" ? "parameter" : "step"} ${name ?? ""}`.trimEnd() +
        ".",
      place,
      expected: `one of ${known.join(", ") || "none"}`,
      found: name ?? "nothing",
      didYouMean: name === undefined ? undefined : nearestName(name, known),
    });
  }
  if (root === "steps" && !(path.length === 2 && drops) && (key === undefined || !stepKeys.includes(key))) {
    throw new EosinError({
      code: "BAD_SET",
      message: `--set cannot change ${text}.`,
      place,
      expected: stepKeys.map((each) => `steps.${name}.${each}`).join(", "),
      found: text,
      didYouMean: key === undefined ? undefined : nearestName(key, stepKeys),
      next: `Options are under with: --set steps.${name}.with.${key ?? "option"}=…`,
    });
  }
}

function assign(
  base: DocumentNode | undefined,
  path: readonly string[],
  value: DocumentNode,
  place: SourcePlace,
): DocumentNode {
  const [key, ...rest] = path;
  if (base?.kind === "list") {
    const index = findItem(base, key, place);
    const item = base.items[index];
    const next = rest.length === 0 ? mergeNodes(item, value) : assign(item, rest, value, place);
    return { ...base, items: isNull(next) ? base.items.toSpliced(index, 1) : base.items.with(index, next) };
  }
  if (base?.kind === "scalar") throw badSet(place, `goes below ${key}`, "a map or a list", describeNode(base));
  if (rest.length === 0) {
    return mergeNodes(base, { kind: "map", place, entries: new Map([[key, { place, node: value }]]) });
  }
  const entry = base?.entries.get(key);
  const entries = new Map(base?.entries);
  entries.set(key, { place: entry?.place ?? place, node: assign(entry?.node, rest, value, place) });
  return { kind: "map", place: base?.place ?? place, entries };
}

function badSet(place: SourcePlace, what: string, expected: string, found: string, next?: string): EosinError {
  return new EosinError({ code: "BAD_SET", message: `This --set ${what}.`, place, expected, found, next });
}
