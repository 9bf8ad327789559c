import { type ComponentSpec, EosinError, type KindDefinition, nearestName, type SourcePlace } from "@eosin/plugin-api";
import type { PluginRegistry } from "../container/registry.js";
import { throwFound } from "../errors/error-group.js";
import { childOf, type DocumentNode, fromJson, mapEntries } from "../nodes/node.js";
import { parseYaml } from "../nodes/parse-yaml.js";
import { parseOptions } from "./parse-options.js";

export interface NamedComponent<Implementation = unknown> {
  readonly kind: KindDefinition<Implementation>;
  /** Its type, or YAML with its options: `{ uses: stain/macenko, with: { form: torchstain } }`. */
  readonly text: string;
  /** What holds the text, for messages: `--normalizer`. */
  readonly flag: string;
  /** Options that the text leaves open, where the component has them. */
  readonly fallback?: { readonly [option: string]: string };
}

/**
 * A component that a command names outside a document: checked as a document's would be, with defaults filled in.
 * Relative paths start in the working folder.
 * @throws EosinError `UNKNOWN_COMPONENT`, `WRONG_KIND`, `UNKNOWN_KEY`, and what is wrong with its options
 */
export function parseComponent<Implementation>(
  named: NamedComponent<Implementation>,
  registry: PluginRegistry,
): ComponentSpec<Implementation> {
  const { text, flag, fallback = {} } = named;
  const kind = named.kind.name;
  const place: SourcePlace = { file: `${flag} ${text}`, line: 1, column: flag.length + 2 };
  const node = parseYaml({ file: place.file, text, columnOffset: flag.length + 1 }) ?? fromJson("", place);
  const { uses, options } = usesAndOptions(node, named, place);
  const component = registry.find(uses);
  if (component?.definition.kind !== kind) throw wrongComponent(named, uses, component?.definition.kind, registry);
  const entries = new Map(mapEntries(options));
  for (const [option, value] of Object.entries(fallback)) {
    if (option in component.definition.options.shape && !entries.has(option)) {
      entries.set(option, { place, node: fromJson(value, place) });
    }
  }
  const given: DocumentNode =
    options === undefined || options.kind === "map" ? { kind: "map", place, entries } : options;
  const parsed = parseOptions(component, given, { where: flag, registry });
  throwFound(parsed.faults);
  return { uses, kind, plugin: component.plugin, with: parsed.options };
}

function usesAndOptions(node: DocumentNode, { kind: { name: kind }, flag, text }: NamedComponent, place: SourcePlace) {
  if (node.kind === "scalar") return { uses: String(node.value), options: undefined };
  const uses = childOf(node, "uses");
  const unknown = [...mapEntries(node).keys()].find((key) => key !== "uses" && key !== "with");
  if (uses?.kind === "scalar" && unknown === undefined) {
    return { uses: String(uses.value), options: childOf(node, "with") };
  }
  throw new EosinError({
    code: "UNKNOWN_KEY",
    message: `${flag} does not name a ${kind}.`,
    place,
    expected: `a type such as family/name, or { uses: family/name, with: { … } }`,
    found: unknown ?? text,
    next: `pipe list ${kind}`,
  });
}

function wrongComponent(
  { kind: { name: kind }, flag }: NamedComponent,
  uses: string,
  otherKind: string | undefined,
  registry: PluginRegistry,
): EosinError {
  const fitting = registry
    .components()
    .flatMap(({ definition }) => (definition.kind === kind ? [definition.type] : []));
  return new EosinError({
    code: otherKind === undefined ? "UNKNOWN_COMPONENT" : "WRONG_KIND",
    message: otherKind === undefined ? `There is no ${kind} ${uses}.` : `${uses} is not a ${kind}.`,
    place: flag,
    expected: `one of ${fitting.join(", ")}`,
    found: otherKind === undefined ? uses : `${uses} (${otherKind})`,
    didYouMean: otherKind === undefined ? nearestName(uses, fitting) : undefined,
    next: `pipe list ${kind}`,
  });
}
