import type { AnyComponentDefinition, JsonObject, JsonValue } from "@eosin/plugin-api";
import { z } from "@eosin/plugin-api/zod";
import type { PluginRegistry } from "../../container/registry.js";
import { extendingFileSchema, fileSchema } from "../../document/schema.js";
import { overridingDefs, overridingSchema } from "../../nodes/list-changes/json-schema.js";
import { isObject, SchemaView } from "../../schema/schema-view.js";
import { optionsByType, usesOf } from "./component-choice.js";
import { OptionsWriter, withoutDefs } from "./options-writer.js";
import { defName, optionsOfKind, type Writing } from "./writing.js";

/**
 * JSON Schema (draft 2020-12) of pipeline documents for the plugins that are loaded: what editors complete and check.
 * A component's options follow from its `uses` by `if` and `then`: editors then complete both, and underline the option
 * that is wrong, where a choice among whole components could only say that none fits.
 */
export function pipelineJsonSchema(registry: PluginRegistry): JsonObject {
  const definitions = registry.components().map((component) => component.definition);
  const steps = definitions.filter(({ kind }) => registry.kinds.get(kind)?.role !== "part");
  const kinds = [...new Set(definitions.map(({ kind }) => kind))].sort();
  const own = toSchema(fileSchema);
  const extending = toSchema(extendingFileSchema);
  const changedSteps = { type: ["object", "null"], additionalProperties: { $ref: "#/$defs/step-change" } };
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Eosin pipeline",
    if: { required: ["extends"] },
    // biome-ignore lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema
    then: withSteps(withoutDefs(extending), changedSteps, changedSteps),
    else: withSteps(withoutDefs(own), { type: "object", additionalProperties: { $ref: "#/$defs/step" } }, changedSteps),
    $defs: {
      reference: {
        type: "string",
        pattern: "^\\$\\{(params|env|steps|each|matrix)\\.[^}]+\\}$",
        description: "A reference that is the whole value keeps the type of what it names.",
      },
      "step-reference": {
        type: "string",
        pattern: "^\\$\\{(steps|each|params|matrix)\\.[^}]+\\}$",
        description: "A reference to a step's artifact, such as ${steps.train}.",
      },
      ...overridingDefs,
      ...(isObject(own.$defs) ? own.$defs : {}),
      step: stepSchema(steps, own, "whole"),
      "step-change": stepSchema(steps, own, "change"),
      ...Object.fromEntries(
        (["whole", "change"] as const).flatMap((writing) => [
          ...kinds.map((kind) => [
            defName(writing, optionsOfKind(kind)),
            {
              allOf: optionsByType(
                definitions.filter((each) => each.kind === kind),
                writing,
              ),
            },
          ]),
          ...definitions.flatMap((definition) => optionDefs(definition, definitions, writing)),
        ]),
      ),
    },
  };
}

function toSchema(schema: z.ZodType): JsonObject {
  return JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io: "input" }))) as JsonObject;
}

function propertiesOf(schema: JsonValue | undefined): JsonObject {
  return isObject(schema) && isObject(schema.properties) ? schema.properties : {};
}

/** @param steps What the file's own steps are. @param inProfiles What those in its profiles are. */
function withSteps(file: JsonObject, steps: JsonObject, inProfiles: JsonObject): JsonObject {
  const properties = propertiesOf(file);
  const { profiles } = properties;
  return { ...file, properties: { ...properties, profiles: replaceSteps(profiles, inProfiles), steps } };
}

function replaceSteps(schema: JsonValue | undefined, steps: JsonObject): JsonValue {
  if (Array.isArray(schema)) return schema.map((each: JsonValue) => replaceSteps(each, steps));
  if (!isObject(schema)) return schema ?? {};
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => {
      if (key === "properties" && isObject(value) && "steps" in value) return [key, { ...value, steps }];
      return [key, replaceSteps(value, steps)];
    }),
  );
}

function stepSchema(steps: readonly AnyComponentDefinition[], file: JsonObject, writing: Writing): JsonObject {
  const declared = propertiesOf(file).steps;
  const axes = propertiesOf(isObject(declared) ? declared.additionalProperties : undefined);
  const change = writing === "change";
  const { each, matrix } = change ? { each: { type: ["object", "null"] }, matrix: { type: ["object", "null"] } } : axes;
  return {
    type: change ? ["object", "null"] : "object",
    properties: {
      uses: usesOf(steps, change ? [{ type: "null" }] : []),
      with: {
        ...(change ? { type: ["object", "null"], ...overridingSchema } : { type: "object" }),
        description: "Options of the component.",
      },
      each,
      matrix,
    },
    ...(change ? {} : { required: ["uses"] }),
    additionalProperties: false,
    allOf: optionsByType(steps, writing),
  };
}

/** The component's options, and under names of their own the definitions that they refer to. */
function optionDefs(
  definition: AnyComponentDefinition,
  all: readonly AnyComponentDefinition[],
  writing: Writing,
): readonly (readonly [string, JsonValue])[] {
  const { root } = SchemaView.of(definition.options, definition.type);
  const writer = new OptionsWriter(definition.type, all, writing);
  const inner = Object.entries(isObject(root.$defs) ? root.$defs : {}).map(
    ([name, schema]) => [defName(writing, `${definition.type}#${name}`), writer.write(schema)] as const,
  );
  const own = writer.writeMap(withoutDefs(root));
  return [[defName(writing, definition.type), { ...own, description: definition.summary }], ...inner];
}
