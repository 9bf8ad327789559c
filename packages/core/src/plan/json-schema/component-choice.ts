import type { AnyComponentDefinition, JsonObject } from "@eosin/plugin-api";
import { isObject, SchemaView } from "../../schema/schema-view.js";
import { refTo, type Writing } from "./writing.js";

/** The types that `uses` may name, with what each does. @param more What else may be there. */
export function usesOf(definitions: readonly AnyComponentDefinition[], more: readonly JsonObject[] = []): JsonObject {
  return { anyOf: [...definitions.map(({ type, summary }) => ({ const: type, description: summary })), ...more] };
}

/** For each component what `with` takes where `uses` names it. */
export function optionsByType(definitions: readonly AnyComponentDefinition[], writing: Writing): readonly JsonObject[] {
  return definitions.map((definition) => {
    const options = SchemaView.of(definition.options, definition.type).root;
    const needsWith = writing === "whole" && Array.isArray(options.required) && options.required.length > 0;
    const written = refTo(writing, definition.type);
    return {
      if: { properties: { uses: { const: definition.type } }, required: ["uses"] },
      // biome-ignore lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema
      then: {
        properties: { with: writing === "whole" ? written : { anyOf: [written, { type: "null" }] } },
        ...(needsWith ? { required: ["with"] } : {}),
      },
    };
  });
}

/** What is beside `uses` and `with` where an option takes a component. */
export function besideUses(schema: JsonObject): JsonObject {
  const {
    uses: _uses,
    with: _with,
    kind: _kind,
    plugin: _plugin,
    ...beside
  } = isObject(schema.properties) ? schema.properties : {};
  return beside;
}
