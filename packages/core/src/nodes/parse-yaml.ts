import { EosinError, nearestName, type SourcePlace } from "@eosin/plugin-api";
import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParsedNode,
  parseDocument,
  type Scalar as YamlScalar,
} from "../packed/yaml.js";
import { isListOperator, listOperators } from "./list-changes/operators.js";
import { MAX_DEPTH, MAX_NODES, refuseUnparsable, tooLarge } from "./measure-yaml.js";
import type { DocumentNode, MapEntry } from "./node.js";

export interface YamlSource {
  readonly file: string;
  readonly text: string;
  /** Columns before `text` on its line, for values that come from a flag. */
  readonly columnOffset?: number;
}

/**
 * Reads YAML 1.2 (core schema) into located nodes. Tags of other schemas, merge keys, duplicate keys, keys that are not
 * text, and numbers that JSON cannot hold are errors.
 * @returns Nothing for an empty text.
 * @throws EosinError `YAML_SYNTAX`, `YAML_UNSUPPORTED`, `DUPLICATE_KEY`, `DUPLICATE_ID`
 */
export function parseYaml(source: YamlSource): DocumentNode | undefined {
  refuseUnparsable(source);
  const lines = new LineCounter();
  const yaml = parseDocument(source.text, {
    lineCounter: lines,
    merge: false,
    prettyErrors: false,
    schema: "core",
    stringKeys: true,
    uniqueKeys: false,
    logLevel: "error",
  });
  const placeAt = (offset: number): SourcePlace => {
    const { line, col } = lines.linePos(offset);
    return { file: source.file, line, column: col + (line === 1 ? (source.columnOffset ?? 0) : 0) };
  };
  const fault = [...yaml.errors, ...yaml.warnings][0];
  if (fault) {
    const line = source.text.split("\n")[lines.linePos(fault.pos[0]).line - 1] ?? "";
    throw new EosinError({
      code: fault.code === "TAG_RESOLVE_FAILED" ? "YAML_UNSUPPORTED" : "YAML_SYNTAX",
      message: `This is not YAML that a pipeline may hold: ${fault.message}.`,
      place: placeAt(fault.pos[0]),
      next: /[{[].*[^"'\\]\$\{/.test(line)
        ? 'Inside { } and [ ] a reference needs quotes: "${params.alpha}".'
        : undefined,
      cause: fault,
    });
  }
  if (yaml.contents === null) return undefined;
  return new Converter(placeAt).convert(yaml.contents as ParsedNode, []);
}

class Converter {
  #count = 0;
  readonly #open = new Set<Node>();
  /** The newest node of each anchor so far: looking for it in the document each time would take for ever. */
  readonly #anchors = new Map<string, Node>();
  /** What an alias meant where it is: repeated by another alias, it still means that. */
  readonly #targets = new Map<Alias, Node>();
  /** Aliases under way: what they repeat was read before, and its anchors are known. */
  #aliases = 0;

  constructor(readonly placeAt: (offset: number) => SourcePlace) {}

  convert(node: Node, path: readonly string[]): DocumentNode {
    const place = this.placeAt(node.range?.[0] ?? 0);
    if (++this.#count > MAX_NODES || path.length > MAX_DEPTH) {
      throw tooLarge(
        place,
        path.length > MAX_DEPTH ? `${path.length} levels` : `more than ${MAX_NODES} values, those of aliases included`,
      );
    }
    if (isAlias(node)) return this.#alias(node, place, path);
    this.#anchor(node);
    if (isScalar(node)) return { kind: "scalar", place, value: scalarValue(node, place) };
    this.#open.add(node);
    const converted = this.#collection(node, place, path);
    this.#open.delete(node);
    return converted;
  }

  #alias(alias: Alias, place: SourcePlace, path: readonly string[]): DocumentNode {
    const target = this.#targets.get(alias) ?? this.#anchors.get(alias.source);
    if (target === undefined) throw unsupported(`There is no anchor &${alias.source} before this alias.`, place);
    if (this.#open.has(target)) throw unsupported(`The anchor &${alias.source} contains itself.`, place);
    this.#targets.set(alias, target);
    this.#aliases++;
    const converted = this.convert(target, path);
    this.#aliases--;
    return converted;
  }

  #anchor(node: Node): void {
    const { anchor } = node as { anchor?: string };
    if (anchor !== undefined && this.#aliases === 0) this.#anchors.set(anchor, node);
  }

  #collection(node: Node, place: SourcePlace, path: readonly string[]): DocumentNode {
    if (isSeq(node)) {
      const items = node.items.map((item, index) => this.convert(item as Node, [...path, String(index)]));
      return { kind: "list", place, items };
    }
    if (!isMap(node)) throw unsupported("Only maps, lists and scalars may be in a pipeline.", place);
    const entries = new Map<string, MapEntry>();
    for (const [index, pair] of node.items.entries()) {
      const keyNode = pair.key as YamlScalar;
      this.#anchor(keyNode);
      const at = this.placeAt(keyNode.range?.[0] ?? 0);
      const key = String(keyNode.value);
      if (key === "<<") {
        throw unsupported("Merge keys (<<) are not supported.", at, "Use `extends`, a profile or params instead.");
      }
      if (key.startsWith("$") && !isListOperator(key)) throw reserved(key, at);
      const first = entries.get(key);
      if (first) throw duplicate(key, path, at, first.place);
      const value = pair.value as Node | null;
      if (value === null) this.#refuseDecimalComma(node.items[index - 1]?.value, keyNode);
      const child: DocumentNode =
        value === null ? { kind: "scalar", place: at, value: null } : this.convert(value, [...path, key]);
      entries.set(key, { place: at, node: child });
    }
    return { kind: "map", place, entries };
  }

  /** `{ lr: 0,001 }` is YAML for lr: 0 and a key 001. */
  #refuseDecimalComma(before: unknown, key: YamlScalar): void {
    if (!isScalar(before) || typeof before.value !== "number" || !/^\d+$/.test(String(key.value))) return;
    const [start, end] = before.range ?? [0, 0];
    if (end + 1 !== key.range?.[0]) return;
    throw new EosinError({
      code: "YAML_UNSUPPORTED",
      message: "A comma ends the value here; decimals are written with a point.",
      place: this.placeAt(start),
      found: `${before.source},${key.value}`,
      didYouMean: `${before.source}.${key.value}`,
    });
  }
}

function scalarValue(node: YamlScalar, place: SourcePlace): string | number | boolean | null {
  const { value } = node;
  if (typeof value === "number" && !(Number.isFinite(value) && isExact(value, node.source))) {
    throw new EosinError({
      code: "YAML_UNSUPPORTED",
      message: "This number cannot be held exactly.",
      place,
      expected: `a finite number, integers up to ±${Number.MAX_SAFE_INTEGER}`,
      found: node.source,
      next: "Write it in quotes if it is a name.",
    });
  }
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  throw unsupported("Only text, numbers, true, false and null may be in a pipeline.", place);
}

function isExact(value: number, source: string | undefined): boolean {
  return !/^[-+]?(\d+|0x[\da-f]+|0o[0-7]+)$/i.test(source ?? "") || Number.isSafeInteger(value);
}

function duplicate(key: string, path: readonly string[], place: SourcePlace, first: SourcePlace): EosinError {
  const isStep = path.at(-1) === "steps";
  return new EosinError({
    code: isStep ? "DUPLICATE_ID" : "DUPLICATE_KEY",
    message: isStep ? `Two steps are called ${key}.` : `The key ${key} occurs twice in one map.`,
    place,
    found: `${key} first in line ${first.line}, column ${first.column}`,
    next: isStep ? "Give one of them another name." : "Keep one of them.",
  });
}

function reserved(key: string, place: SourcePlace): EosinError {
  return new EosinError({
    code: "YAML_UNSUPPORTED",
    message: "Keys that begin with $ belong to Eosin.",
    place,
    expected: `another key, or one that changes an inherited list: ${listOperators.join(", ")}`,
    found: key,
    didYouMean: nearestName(key, listOperators),
  });
}

function unsupported(message: string, place: SourcePlace, next?: string): EosinError {
  return new EosinError({ code: "YAML_UNSUPPORTED", message, place, next });
}
