import type { AnyComponentDefinition, JsonObject, JsonValue } from "@eosin/plugin-api";
import { z } from "zod";
import type { PluginRegistry } from "../container/registry.js";
import { artifactType, componentKind } from "../document/describe-schema.js";
import { overridingDefs, overridingSchema } from "../document/list-changes/json-schema.js";
import { extendingFileSchema, fileSchema, overridingOptions } from "../document/schema.js";
import { isObject, SchemaView } from "../document/schema-view.js";

const anyReference = { $ref: "#/$defs/reference" };
const stepReference = { $ref: "#/$defs/step-reference" };

/** JSON Schema (draft 2020-12) of pipeline documents for the plugins that are loaded: what editors complete and check. */
export function pipelineJsonSchema(registry: PluginRegistry): JsonObject {
  const definitions = registry.components().map((component) => component.definition);
  const steps = definitions.filter(({ kind }) => registry.kinds.get(kind)?.role !== "part");
  const own = toSchema(fileSchema);
  const extending = toSchema(extendingFileSchema);
  const stepSchema = { oneOf: steps.map((definition) => fullStep(definition, own)) };
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Eosin pipeline",
    if: { required: ["extends"] },
    // biome-ignore lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema
    then: withoutDefs(extending),
    else: {
      ...withoutDefs(own),
      properties: { ...propertiesOf(own), steps: { type: "object", additionalProperties: stepSchema } },
    },
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
      ...defsOf(own),
      ...Object.fromEntries(definitions.flatMap((definition) => optionDefs(definition, definitions))),
    },
  };
}

function toSchema(schema: z.ZodType): JsonObject {
  return JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io: "input", override: describeOverrides }))) as JsonObject;
}

function describeOverrides({ zodSchema, jsonSchema }: { zodSchema: unknown; jsonSchema: object }): void {
  if (zodSchema === overridingOptions) Object.assign(jsonSchema, overridingSchema);
}

function withoutDefs({ $defs: _defs, $schema: _schema, ...rest }: JsonObject): JsonObject {
  return rest;
}

function defsOf(schema: JsonObject): JsonObject {
  return isObject(schema.$defs) ? schema.$defs : {};
}

function propertiesOf(schema: JsonValue | undefined): JsonObject {
  return isObject(schema) && isObject(schema.properties) ? schema.properties : {};
}

function fullStep(definition: AnyComponentDefinition, file: JsonObject): JsonObject {
  const declared = propertiesOf(file).steps;
  const { each, matrix } = propertiesOf(isObject(declared) ? declared.additionalProperties : undefined);
  return {
    ...named(definition, {}),
    properties: { ...propertiesOf(named(definition, {})), each, matrix },
    description: definition.summary,
  };
}

/** `{ uses, with }` of one component, with what else its option takes beside them. */
function named(definition: AnyComponentDefinition, beside: JsonObject, required: readonly string[] = []): JsonObject {
  const options = SchemaView.of(definition.options, definition.type).root;
  const withRequired = Array.isArray(options.required) && options.required.length > 0;
  return {
    type: "object",
    description: definition.summary,
    properties: { uses: { const: definition.type }, with: { $ref: `#/$defs/${pointer(definition.type)}` }, ...beside },
    required: ["uses", ...(withRequired ? ["with"] : []), ...required],
    additionalProperties: false,
  };
}

/** The component's options, and under names of their own the definitions that they refer to. */
function optionDefs(
  definition: AnyComponentDefinition,
  all: readonly AnyComponentDefinition[],
): readonly (readonly [string, JsonValue])[] {
  const { root } = SchemaView.of(definition.options, definition.type);
  const writer = new OptionsWriter(definition.type, all);
  const inner = Object.entries(defsOf(root)).map(
    ([name, schema]) => [`${definition.type}#${name}`, writer.write(schema)] as const,
  );
  const own = writer.writeMap(withoutDefs(root));
  return [[definition.type, { ...own, description: definition.summary }], ...inner];
}

/** Rewrites a component's schema for documents: references may stand for values, and components carry their options. */
class OptionsWriter {
  constructor(
    readonly type: string,
    readonly all: readonly AnyComponentDefinition[],
  ) {}

  write(schema: JsonValue | undefined): JsonValue {
    if (!isObject(schema)) return schema ?? {};
    if (artifactType(schema) !== undefined) return stepReference;
    if (typeof schema.$ref === "string") {
      const name = schema.$ref.replace("#/$defs/", "");
      const target = schema.$ref === "#" ? this.type : `${this.type}#${name}`;
      return { $ref: `#/$defs/${pointer(target)}` };
    }
    const kind = componentKind(schema);
    const written = kind === undefined ? this.writeMap(schema) : this.#component(schema, kind);
    return takesAnyText(schema) ? written : orReference(written);
  }

  /** The schema itself, with what is inside it rewritten. */
  writeMap(schema: JsonObject): JsonObject {
    const inner = Object.entries(schema).map(([key, value]) => {
      if (key === "properties" && isObject(value)) return [key, this.#each(value)] as const;
      if (key === "additionalProperties" || key === "items") return [key, this.write(value)] as const;
      if (["anyOf", "oneOf", "allOf", "prefixItems"].includes(key) && Array.isArray(value)) {
        return [key === "oneOf" ? "anyOf" : key, value.map((item: JsonValue) => this.write(item))] as const;
      }
      return [key, value] as const;
    });
    const closed = schema.properties !== undefined && schema.additionalProperties === undefined;
    return { ...Object.fromEntries(inner), ...(closed ? { additionalProperties: false } : {}) };
  }

  #each(properties: JsonObject): JsonObject {
    return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, this.write(value)]));
  }

  #component(schema: JsonObject, kind: string): JsonObject {
    const { uses: _uses, with: _with, kind: _kind, plugin: _plugin, ...beside } = propertiesOf(schema);
    const required = Array.isArray(schema.required) ? (schema.required as readonly string[]) : [];
    const more = this.#each(beside);
    const needed = required.filter((key) => key !== "uses");
    const fitting = this.all.filter((definition) => definition.kind === kind);
    const description = typeof schema.description === "string" ? schema.description : `A ${kind}.`;
    return { description, oneOf: fitting.map((definition) => named(definition, more, needed)) };
  }
}

function takesAnyText(schema: JsonObject): boolean {
  const free =
    schema.type === "string" && ["enum", "const", "pattern", "format"].every((key) => schema[key] === undefined);
  return free || Object.keys(schema).length === 0;
}

/** Descriptions and defaults stay outside, where editors look for them. */
function orReference(schema: JsonObject): JsonObject {
  const { description, default: fallback, ...rest } = schema;
  return {
    ...(description === undefined ? {} : { description }),
    ...(fallback === undefined ? {} : { default: fallback }),
    anyOf: [rest, anyReference],
  };
}

function pointer(name: string): string {
  return encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"));
}
