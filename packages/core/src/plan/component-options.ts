import type { AnyComponentDefinition, JsonObject } from "@eosin/plugin-api";
import { describeSchemas } from "../schema/describe-schema.js";
import { isObject, SchemaView } from "../schema/schema-view.js";

/** One option of a component, for people. */
export interface OptionSummary {
  /** Dotted where it is inside another: `earlyStopping.patience`. */
  readonly name: string;
  /** In words: `a number from 0 to 1`. */
  readonly type: string;
  /** As JSON; absent where the option is required, `(none)` where it may be left out. */
  readonly default?: string;
  readonly summary: string;
}

/** The options of a component in the order of its schema, those inside maps after the map. */
export function componentOptions(definition: AnyComponentDefinition): readonly OptionSummary[] {
  const view = SchemaView.of(definition.options, definition.type);
  return optionsOf(view, view.root, "");
}

function optionsOf(view: SchemaView, schema: JsonObject, prefix: string): readonly OptionSummary[] {
  if (!isObject(schema.properties)) return [];
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(schema.properties).flatMap(([key, property]): readonly OptionSummary[] => {
    if (!isObject(property)) return [];
    const name = `${prefix}${key}`;
    const { description, default: fallback, ...bare } = property;
    const alternatives = view.alternatives(bare);
    const option: OptionSummary = {
      name,
      type: describeSchemas(view, alternatives) ?? "anything",
      ...(required.includes(key) ? {} : { default: fallback === undefined ? "(none)" : JSON.stringify(fallback) }),
      summary: typeof description === "string" ? description : "",
    };
    // Of a choice between maps, each in its turn; what they share is told once.
    const maps = isPlainMap(alternatives[0]) ? alternatives.filter(isPlainMap) : [];
    const inner = maps.flatMap((map) => optionsOf(view, map, `${name}.`));
    return [option, ...withoutRepetition(inner)];
  });
}

function withoutRepetition(options: readonly OptionSummary[]): readonly OptionSummary[] {
  const known = new Set<string>();
  return options.filter(({ name, type, summary }) => {
    const key = JSON.stringify([name, type, summary]);
    return !known.has(key) && known.add(key);
  });
}

/** Components and artifacts are options of their own, not maps of options. */
function isPlainMap(schema: JsonObject | undefined): schema is JsonObject {
  if (schema === undefined || !isObject(schema.properties)) return false;
  return !("uses" in schema.properties) && !("$artifact" in schema.properties);
}
