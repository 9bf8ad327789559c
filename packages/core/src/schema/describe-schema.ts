import type { JsonObject, JsonValue } from "@eosin/plugin-api";
import { isObject, type SchemaView } from "./schema-view.js";

/** What may be where the schemas apply, in words: `a number from 0 to 1`, `one of mcc, dice`. */
export function describeSchemas(view: SchemaView, schemas: readonly JsonObject[]): string | undefined {
  return describeAll(view, schemas, []);
}

/** @param around Lists that these are items of: a schema of any JSON holds itself. */
function describeAll(
  view: SchemaView,
  schemas: readonly JsonObject[],
  around: readonly JsonObject[],
): string | undefined {
  const several = artifactLists(view, schemas);
  const words = [
    ...several.map((type) => `references to steps that give ${type} artifacts, such as \${steps.name}`),
    ...schemas
      .filter((schema) => !several.includes(artifactType(schema) ?? artifactType(itemsOf(view, schema)[0] ?? {}) ?? ""))
      .map((schema) => describeSchema(view, schema, around)),
  ].filter((word, index, all) => word !== "anything" && all.indexOf(word) === index);
  return words.length === 0 ? undefined : words.join(" or ");
}

function describeSchema(view: SchemaView, schema: JsonObject, around: readonly JsonObject[]): string {
  const artifact = artifactType(schema);
  if (artifact !== undefined) return `a reference to a step that gives a ${artifact} artifact, such as \${steps.name}`;
  const kind = componentKind(schema);
  if (kind !== undefined) return `a component of kind ${kind}: { uses: …, with: … }`;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return `one of ${(schema.enum as JsonValue[]).map(valueWords).join(", ")}`;
  switch (schema.type) {
    case "number":
    case "integer":
      return numberWords(schema);
    case "string":
      if (typeof schema.description === "string" && saysForm.test(schema.description)) return schema.description;
      return typeof schema.pattern === "string"
        ? `a text that matches ${schema.pattern}`
        : lengthWords(schema, "a text");
    case "boolean":
      return "true or false";
    case "null":
      return "null";
    case "array":
      return listWords(view, schema, around);
    case "object": {
      const keys = isObject(schema.properties) ? Object.keys(schema.properties) : [];
      return keys.length === 0 ? "a map" : `a map with ${keys.join(", ")}`;
    }
    default:
      return "anything";
  }
}

/** A description that says what a text looks like; others say what the option is for. */
const saysForm = /^(an?|the) [a-z]/;

function listWords(view: SchemaView, schema: JsonObject, around: readonly JsonObject[]): string {
  const count = itemCount(schema);
  if (Array.isArray(schema.prefixItems)) return `a list${count}`;
  const within = view.alternatives(schema.items);
  const holdsItself = [...around, ...within].some((each) => JSON.stringify(each) === JSON.stringify(schema));
  const items = holdsItself ? undefined : describeAll(view, within, [...around, schema]);
  return items === undefined ? `a list${count}` : `a list${count} of: ${items}`;
}

/** Quoted where it could be taken for punctuation of the list. */
function valueWords(value: JsonValue): string {
  return typeof value === "string" && !/^\w[\w.+/-]*$/.test(value) ? JSON.stringify(value) : String(value);
}

/** Types of which the schemas take one or many: those of `artifacts(type)`. */
function artifactLists(view: SchemaView, schemas: readonly JsonObject[]): readonly string[] {
  const one = schemas.map(artifactType);
  return schemas
    .flatMap((schema) => itemsOf(view, schema).map(artifactType))
    .filter((type) => type !== undefined)
    .filter((type) => one.includes(type));
}

function itemsOf(view: SchemaView, schema: JsonObject): readonly JsonObject[] {
  return schema.type === "array" ? view.alternatives(schema.items) : [];
}

/** The type of artifact that the schema takes, where it is one of `artifact(type)`. */
export function artifactType(schema: JsonObject): string | undefined {
  const handle = isObject(schema.properties) ? schema.properties.$artifact : undefined;
  const type = isObject(handle) && isObject(handle.properties) ? handle.properties.type : undefined;
  return isObject(type) && typeof type.const === "string" ? type.const : undefined;
}

/** The kind of component that the schema takes, where it is one of `component(kind)`. */
export function componentKind(schema: JsonObject): string | undefined {
  const { properties } = schema;
  if (!isObject(properties) || !isObject(properties.uses) || !isObject(properties.kind)) return undefined;
  return typeof properties.kind.const === "string" ? properties.kind.const : undefined;
}

function numberWords(schema: JsonObject): string {
  const whole = schema.type === "integer";
  const noun = whole ? "a whole number" : "a number";
  const limit = (value: JsonValue | undefined) =>
    typeof value === "number" && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined;
  const low = limit(schema.minimum);
  const high = limit(schema.maximum);
  const above = limit(schema.exclusiveMinimum);
  const below = limit(schema.exclusiveMaximum);
  if (low !== undefined && high !== undefined) return `${noun} from ${low} to ${high}`;
  const bounds = [
    low === undefined ? "" : `at least ${low}`,
    above === undefined ? "" : `above ${above}`,
    high === undefined ? "" : `at most ${high}`,
    below === undefined ? "" : `below ${below}`,
  ].filter((word) => word !== "");
  return bounds.length === 0 ? noun : `${noun} ${bounds.join(" and ")}`;
}

function lengthWords(schema: JsonObject, noun: string): string {
  return typeof schema.minLength === "number" && schema.minLength > 0 ? `${noun} that is not empty` : noun;
}

function itemCount(schema: JsonObject): string {
  const { minItems, maxItems } = schema;
  if (minItems !== undefined && minItems === maxItems) return ` of exactly ${minItems}`;
  if (minItems !== undefined && maxItems !== undefined) return ` of ${minItems} to ${maxItems}`;
  if (minItems !== undefined) return ` of at least ${minItems}`;
  return maxItems === undefined ? "" : ` of at most ${maxItems}`;
}
