import type { AnyComponentDefinition, JsonObject, JsonValue } from "@eosin/plugin-api";
import type { ForeignSchema } from "../schema/schema-view.js";
import { handlesIn } from "./handles.js";
import type { Dispensable, PlanInstance } from "./plan.js";

/** Which of an instance's options may lack artifacts: a run knows no schemas, so the plan says what they are then. */
export function dispensableOptions(
  { options: schema, doesWithout = [] }: AnyComponentDefinition,
  options: JsonObject,
): Pick<PlanInstance, "doesWithout"> {
  const named = doesWithout.filter((option) => option in options && handlesIn(options[option]).length > 0);
  if (named.length === 0) return {};
  return { doesWithout: Object.fromEntries(named.map((option) => [option, without(schema, options, option)])) };
}

function without(schema: ForeignSchema, options: JsonObject, option: string): Dispensable {
  const { [option]: _left, ...rest } = options;
  const parsed = schema.safeParse(rest);
  if (!parsed.success) return { needsOne: true };
  const otherwise = (parsed.data as { readonly [option: string]: JsonValue | undefined })[option];
  return otherwise === undefined ? { needsOne: false } : { needsOne: false, otherwise };
}
