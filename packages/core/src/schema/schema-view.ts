import { EosinError, type JsonObject, type JsonValue } from "@eosin/plugin-api";
import { z } from "@eosin/plugin-api/zod";
import { messageOf } from "@eosin/support/message-of";
import type { NodePath } from "../nodes/node.js";

/** As much of a zod schema as holds for any copy of zod: nothing of it is compared with a class of our own copy. */
export interface ForeignSchema {
  safeParse(value: unknown): { success: boolean; data?: unknown; error?: { issues: readonly SchemaIssue[] } };
  toJSONSchema?(how: object): unknown;
}

export interface SchemaIssue {
  readonly code?: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
  readonly errors?: readonly (readonly SchemaIssue[])[];
}

const views = new WeakMap<object, SchemaView>();

/** A schema as JSON Schema of what may be written, to walk beside the values. */
export class SchemaView {
  constructor(readonly root: JsonObject) {}

  /** @throws EosinError `SCHEMA_NOT_DESCRIBABLE` where the schema has no JSON Schema. */
  static of(schema: ForeignSchema, owner: string): SchemaView {
    let view = views.get(schema);
    if (!view) {
      view = new SchemaView(describe(schema, owner));
      views.set(schema, view);
    }
    return view;
  }

  /** The schemas that apply where `schema` is: through `$ref`, unions and intersections. */
  alternatives(schema: JsonValue | undefined, depth = 0): readonly JsonObject[] {
    if (!isObject(schema) || depth > 32) return [];
    if (typeof schema.$ref === "string") {
      const name = schema.$ref.replace("#/$defs/", "");
      const target = schema.$ref === "#" ? this.root : isObject(this.root.$defs) ? this.root.$defs[name] : undefined;
      return this.alternatives(target, depth + 1);
    }
    const branches = [schema.anyOf, schema.oneOf, schema.allOf].flatMap((each) => (Array.isArray(each) ? each : []));
    if (branches.length === 0) return [schema];
    const own = isObject(schema.properties) ? [schema] : [];
    return [...own, ...branches.flatMap((branch: JsonValue) => this.alternatives(branch, depth + 1))];
  }

  /** Those of `schemas` that describe the child `key`. */
  children(schemas: readonly JsonObject[], key: string | number): readonly JsonObject[] {
    return schemas.flatMap((schema) => {
      if (typeof key === "number" || Array.isArray(schema.prefixItems)) {
        const tuple = Array.isArray(schema.prefixItems) ? (schema.prefixItems as JsonValue[])[Number(key)] : undefined;
        return this.alternatives(tuple ?? schema.items);
      }
      if (isObject(schema.properties) && Object.hasOwn(schema.properties, key)) {
        return this.alternatives(schema.properties[key]);
      }
      return this.alternatives(schema.additionalProperties);
    });
  }

  at(path: NodePath): readonly JsonObject[] {
    return path.reduce<readonly JsonObject[]>((found, key) => this.children(found, key), this.alternatives(this.root));
  }
}

function describe(schema: ForeignSchema, owner: string): JsonObject {
  const how = { io: "input", unrepresentable: "any" } as const;
  try {
    // A schema describes itself best by its own copy of zod; ours reads those of copies that cannot.
    const json =
      typeof schema.toJSONSchema === "function" ? schema.toJSONSchema(how) : z.toJSONSchema(schema as never, how);
    return JSON.parse(JSON.stringify(json)) as JsonObject;
  } catch (cause) {
    throw new EosinError({
      code: "SCHEMA_NOT_DESCRIBABLE",
      message: `The options of ${owner} have no JSON Schema.`,
      expected: "a zod 4 object schema of plain values",
      found: messageOf(cause),
      next: "Tell the plugin's author.",
      cause,
    });
  }
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
