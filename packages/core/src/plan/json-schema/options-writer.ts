import type { AnyComponentDefinition, JsonObject, JsonValue } from "@eosin/plugin-api";
import { overridingSchema } from "../../nodes/list-changes/json-schema.js";
import { artifactType, componentKind } from "../../schema/describe-schema.js";
import { isObject } from "../../schema/schema-view.js";
import { besideUses, usesOf } from "./component-choice.js";
import { optionsOfKind, refTo, type Writing } from "./writing.js";

const anyReference = { $ref: "#/$defs/reference" };
const stepReference = { $ref: "#/$defs/step-reference" };
const dropped = { type: "null" };

export function withoutDefs({ $defs: _defs, $schema: _schema, ...rest }: JsonObject): JsonObject {
  return rest;
}

/** Rewrites a component's schema for documents: references may stand for values, and components carry their options. */
export class OptionsWriter {
  constructor(
    readonly type: string,
    readonly all: readonly AnyComponentDefinition[],
    readonly writing: Writing,
  ) {}

  write(schema: JsonValue | undefined): JsonValue {
    if (!isObject(schema)) return schema ?? {};
    if (artifactType(schema) !== undefined) return stepReference;
    if (typeof schema.$ref === "string") {
      const name = schema.$ref.replace("#/$defs/", "");
      return refTo(this.writing, schema.$ref === "#" ? this.type : `${this.type}#${name}`);
    }
    const kind = componentKind(schema);
    const written = kind === undefined ? this.#listOrMap(schema) : this.#component(schema, kind);
    return takesAnyText(schema) ? written : orReference(written);
  }

  /** The schema itself, with what is inside it rewritten. */
  writeMap(schema: JsonObject): JsonObject {
    const inner = Object.entries(schema).flatMap(([key, value]): readonly (readonly [string, JsonValue])[] => {
      if (key === "required" && this.writing === "change") return [];
      if (key === "properties" && isObject(value)) return [[key, this.#each(value)]];
      if (key === "additionalProperties") return [[key, this.write(value)]];
      if (key === "items") return [[key, this.#whole().write(value)]];
      if (key === "prefixItems" && Array.isArray(value)) {
        return [[key, value.map((item: JsonValue) => this.#whole().write(item))]];
      }
      if (["anyOf", "oneOf", "allOf"].includes(key) && Array.isArray(value)) {
        return [[key === "oneOf" ? "anyOf" : key, value.map((item: JsonValue) => this.write(item))]];
      }
      return [[key, value]];
    });
    const closed = schema.properties !== undefined && schema.additionalProperties === undefined;
    return { ...Object.fromEntries(inner), ...(closed ? { additionalProperties: false } : {}) };
  }

  /** A list that is inherited may be changed in parts instead of restated. */
  #listOrMap(schema: JsonObject): JsonObject {
    const written = this.writeMap(schema);
    if (this.writing === "whole" || schema.type !== "array" || schema.prefixItems !== undefined) return written;
    const { description, default: fallback, ...list } = written;
    const item = this.#whole().write(schema.items);
    const oneOrMore = { anyOf: [item, { type: "array", items: item }] };
    const byItem = (value: JsonValue) => ({ type: "object", additionalProperties: value });
    const change = {
      type: "object",
      properties: {
        $change: byItem(this.write(schema.items)),
        $replace: byItem(item),
        $before: byItem(oneOrMore),
        $after: byItem(oneOrMore),
        $prepend: oneOrMore,
        $append: oneOrMore,
      },
      allOf: [{ $ref: "#/$defs/list-change" }],
    };
    return {
      ...(description === undefined ? {} : { description }),
      ...(fallback === undefined ? {} : { default: fallback }),
      anyOf: [list, change],
    };
  }

  #whole(): OptionsWriter {
    return this.writing === "whole" ? this : new OptionsWriter(this.type, this.all, "whole");
  }

  #each(properties: JsonObject): JsonObject {
    const change = this.writing === "change";
    return Object.fromEntries(
      Object.entries(properties).map(([key, value]) => [
        key,
        change ? orDropped(this.write(value)) : this.write(value),
      ]),
    );
  }

  #component(schema: JsonObject, kind: string): JsonObject {
    const change = this.writing === "change";
    const required = Array.isArray(schema.required) ? (schema.required as readonly string[]) : [];
    const fitting = this.all.filter((definition) => definition.kind === kind);
    const description = typeof schema.description === "string" ? schema.description : `A ${kind}.`;
    return {
      description,
      ...(schema.default === undefined ? {} : { default: schema.default }),
      type: "object",
      properties: {
        uses: usesOf(fitting, change ? [anyReference, dropped] : [anyReference]),
        with: {
          ...(change ? { type: ["object", "null"], ...overridingSchema } : { type: "object" }),
          description: "Options of the component.",
        },
        ...this.#each(besideUses(schema)),
      },
      ...(change ? {} : { required: ["uses", ...required.filter((key) => key !== "uses")] }),
      additionalProperties: false,
      allOf: [refTo(this.writing, optionsOfKind(kind))],
    };
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

function orDropped(schema: JsonValue): JsonObject {
  if (isObject(schema) && Array.isArray(schema.anyOf)) return { ...schema, anyOf: [...schema.anyOf, dropped] };
  return { anyOf: [schema, dropped] };
}
