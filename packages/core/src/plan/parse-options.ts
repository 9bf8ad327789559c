import path from "node:path";
import {
  type ComponentSpec,
  EosinError,
  isEosinError,
  type JsonObject,
  type JsonValue,
  nearestName,
  type SourcePlace,
} from "@eosin/plugin-api";
import type { RegisteredComponent } from "../container/registered-component.js";
import type { PluginRegistry } from "../container/registry.js";
import { absolutePath } from "../document/absolute-path.js";
import {
  childOf,
  type DocumentNode,
  holdsStandIn,
  type NodePath,
  nearestNode,
  nodeAt,
  type ScalarNode,
} from "../nodes/node.js";
import { veilParsed } from "../nodes/veil-parsed.js";
import { checkSchema, type SchemaFault } from "../schema/check-schema.js";
import { componentKind } from "../schema/describe-schema.js";
import { isObject, SchemaView } from "../schema/schema-view.js";
import { isComponentSpec } from "./component-spec.js";
import { toPlainJson } from "./plain-json.js";

export interface ParsedOptions {
  /** Validated, with defaults; components that they name are complete specs; files are absolute. */
  readonly options: JsonObject;
  readonly components: readonly RegisteredComponent[];
  readonly files: ReadonlyMap<string, SourcePlace>;
  readonly faults: readonly EosinError[];
}

export interface ParseContext {
  /** For messages: `steps.train.with`. */
  readonly where: string;
  readonly registry: PluginRegistry;
}

interface ParsedBefore {
  readonly where: string;
  readonly parsed: ParsedOptions;
}

/** The instances of a sweep share most of their options (see `fixedParts`), and parsing is most of planning. */
const parsedBefore = new WeakMap<RegisteredComponent, WeakMap<DocumentNode, ParsedBefore>>();

/** Validates a component's options, and those of the components that they name, at every depth. */
export function parseOptions(component: RegisteredComponent, node: DocumentNode, context: ParseContext): ParsedOptions {
  const { where, registry } = context;
  const ofComponent = parsedBefore.get(component) ?? new WeakMap<DocumentNode, ParsedBefore>();
  parsedBefore.set(component, ofComponent);
  const before = ofComponent.get(node);
  if (before?.where === where) return before.parsed;
  const parser = new OptionsParser(registry);
  const options = parser.parse(component, node, where);
  const parsed = { options, components: [...parser.components], files: parser.files, faults: parser.faults };
  ofComponent.set(node, { where, parsed });
  return parsed;
}

class OptionsParser {
  readonly components = new Set<RegisteredComponent>();
  /** Absolute path → where it was written. */
  readonly files = new Map<string, SourcePlace>();
  readonly faults: EosinError[] = [];

  constructor(readonly registry: PluginRegistry) {}

  parse(component: RegisteredComponent, node: DocumentNode, where: string): JsonObject {
    const { definition } = component;
    this.components.add(component);
    const checked = checkSchema(node, { schema: definition.options, owner: definition.type, where });
    if (checked.faults.length > 0) {
      const faults = checked.faults.filter((fault) => !dependsOnStandIn(node, fault));
      this.faults.push(...faults.map(({ error }) => withNextStep(error, definition.type)));
      this.#inspect(SchemaView.of(definition.options, definition.type), node, [], where);
      return {};
    }
    const options = veilParsed(toPlainJson(checked.data, component), node) as JsonObject;
    const settled = Object.entries(options).map(([key, value]) => {
      if (definition.files?.includes(key)) return [key, this.#absolute(value, nearestNode(node, [key]))] as const;
      return [key, this.#withInnerFiles(this.#settle(value, node, [key], where), key, definition.files, node)] as const;
    });
    return Object.fromEntries(settled);
  }

  /** Looks at the components that options at fault name: their faults show at once, not only after these are fixed. */
  #inspect(view: SchemaView, node: DocumentNode, at: NodePath, where: string): void {
    const value = nodeAt(node, at);
    if (value === undefined || value.kind === "scalar") return;
    const kind = view
      .at(at)
      .map(componentKind)
      .find((each) => each !== undefined);
    const uses = childOf(value, "uses");
    if (kind !== undefined && uses?.kind === "scalar") {
      this.#settleSpec({ uses: String(uses.value), kind, with: {} }, node, at, where);
      return;
    }
    const keys = value.kind === "map" ? value.entries.keys() : value.items.keys();
    for (const key of keys) this.#inspect(view, node, [...at, key], where);
  }

  #absolute(value: JsonValue, node: DocumentNode): JsonValue {
    if (Array.isArray(value)) {
      return value.map((item: JsonValue, index) => this.#absolute(item, childOf(node, index) ?? node));
    }
    if (typeof value !== "string") return value;
    const { place } = node;
    try {
      // From the folder of the file that says it; what a flag says, from the working folder.
      const folder = path.resolve(path.isAbsolute(place.file) ? path.dirname(place.file) : ".");
      const file = node.kind === "scalar" && node.secret !== undefined ? secretPath(node, folder) : undefined;
      const settled = file ?? absolutePath(value, folder, place);
      this.files.set(settled, place);
      return settled;
    } catch (error) {
      if (!isEosinError(error)) throw error;
      this.faults.push(error);
      return value;
    }
  }

  /** Files that are declared as `key.name`. */
  #withInnerFiles(value: JsonValue, key: string, files: readonly string[] | undefined, node: DocumentNode): JsonValue {
    if (!isObject(value)) return value;
    const inner = Object.entries(value).filter(([name]) => files?.includes(`${key}.${name}`));
    const absolute = inner.map(([name, file]) => [name, this.#absolute(file, nearestNode(node, [key, name]))]);
    return absolute.length === 0 ? value : { ...value, ...Object.fromEntries(absolute) };
  }

  /** Completes the specs inside a parsed value. */
  #settle(value: JsonValue, root: DocumentNode, at: NodePath, where: string): JsonValue {
    if (Array.isArray(value)) {
      return value.map((item: JsonValue, index) => this.#settle(item, root, [...at, index], where));
    }
    if (!isObject(value)) return value;
    if (isComponentSpec(value)) return this.#settleSpec(value, root, at, where);
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, this.#settle(item, root, [...at, key], where)]),
    );
  }

  #settleSpec(spec: JsonObject & ComponentSpec, root: DocumentNode, at: NodePath, where: string): JsonValue {
    const owner = nearestNode(root, at);
    const place = childOf(owner, "uses")?.place ?? owner.place;
    const component = this.registry.find(spec.uses);
    const here = [where, ...at].join(".");
    if (component?.definition.kind !== spec.kind) {
      this.faults.push(wrongComponent(spec, component, here, place, this.registry));
      return spec;
    }
    const options = nodeAt(root, [...at, "with"]) ?? { kind: "map", place, entries: new Map() };
    const settled = Object.entries(spec).map(([key, value]) =>
      key === "with"
        ? [key, this.#parseInner(component, options, `${here}.with`)]
        : [key, this.#settle(value, root, [...at, key], where)],
    );
    return { ...Object.fromEntries(settled), plugin: component.plugin };
  }

  #parseInner(component: RegisteredComponent, node: DocumentNode, where: string): JsonObject {
    const { options, components, files, faults } = parseOptions(component, node, { where, registry: this.registry });
    for (const each of components) this.components.add(each);
    for (const [file, place] of files) this.files.set(file, place);
    this.faults.push(...faults);
    return options;
  }
}

/** Absolute as soon as the stand-in is filled in. */
function secretPath({ value, secret }: ScalarNode, folder: string): string {
  return path.isAbsolute(String(value)) ? String(secret) : `${folder}${path.sep}${secret}`;
}

/** The options of the component are what to look at, where the error knows nothing better. */
function withNextStep(error: EosinError, type: string): EosinError {
  if (error.next !== undefined) return error;
  return new EosinError({ ...error, message: error.message, cause: error.cause, next: `pipe list ${type}` });
}

function dependsOnStandIn(node: DocumentNode, fault: SchemaFault): boolean {
  return fault.error.code === "INVALID_VALUE" && holdsStandIn(nearestNode(node, fault.path));
}

function wrongComponent(
  spec: ComponentSpec,
  found: RegisteredComponent | undefined,
  where: string,
  place: SourcePlace,
  registry: PluginRegistry,
): EosinError {
  const fitting = registry
    .components()
    .flatMap(({ definition }) => (definition.kind === spec.kind ? [definition.type] : []));
  const expected = fitting.length === 0 ? `a ${spec.kind}, but no plugin defines one` : `one of ${fitting.join(", ")}`;
  if (found) {
    return new EosinError({
      code: "WRONG_KIND",
      message: `${where} takes a component of kind ${spec.kind}, and ${spec.uses} is of kind ${found.definition.kind}.`,
      place,
      expected,
      found: `${spec.uses} (${found.definition.kind})`,
    });
  }
  return new EosinError({
    code: "UNKNOWN_COMPONENT",
    message: `${where} uses ${spec.uses}, which no plugin of the document defines.`,
    place,
    expected,
    found: spec.uses,
    didYouMean: nearestName(spec.uses, fitting),
    next: "pipe list shows all types; a plugin that is missing belongs under plugins.",
  });
}
