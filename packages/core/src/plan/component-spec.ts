import type { ComponentSpec, JsonObject } from "@eosin/plugin-api";
import { isObject } from "../schema/schema-view.js";

/** Whether a parsed option names a component: what plugin-api's `component(kind)` parses to. */
export function isComponentSpec(value: JsonObject): value is JsonObject & ComponentSpec {
  return typeof value.uses === "string" && typeof value.kind === "string" && isObject(value.with);
}
