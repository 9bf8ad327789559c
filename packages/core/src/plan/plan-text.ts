import { EosinError, type JsonObject, type JsonValue, type PlannedOutput } from "@eosin/plugin-api";
import { isObject } from "../schema/schema-view.js";
import { jsonLength } from "./limits/json-length.js";
import type { Plan } from "./plan.js";

/** From here on a plan is written without white space, and a data set once: its splits repeat it whole. */
const largeFrom = 64 * 2 ** 20;
/** A text that V8 can still hold. */
const mostCharacters = 500_000_000;

/**
 * The plan as `plan.json` holds it.
 * @throws EosinError `PLAN_TOO_LARGE`
 */
export function planText(plan: Plan): string {
  if (jsonLength(plan as unknown as JsonValue) < largeFrom) return `${JSON.stringify(plan, null, 2)}\n`;
  const compact = { ...plan, planned: withoutRepeats(plan.planned) };
  requireWritable(compact);
  return `${JSON.stringify(compact)}\n`;
}

/** @throws EosinError `PLAN_TOO_LARGE` where `planText` would */
export function requireWritablePlan(plan: Plan): void {
  if (jsonLength(plan as unknown as JsonValue) >= largeFrom) {
    requireWritable({ ...plan, planned: withoutRepeats(plan.planned) });
  }
}

/** The plan that `planText` wrote. */
export function parsePlan(text: string): Plan {
  const plan = JSON.parse(text) as Plan;
  if (plan.planned === undefined) return plan;
  const planned = Object.entries(plan.planned).map(([id, output]) => [
    id,
    mapItems(output, (value) => restored(value, plan)),
  ]);
  return { ...plan, planned: Object.fromEntries(planned) };
}

function requireWritable(plan: Plan): void {
  const length = jsonLength(plan as unknown as JsonValue);
  if (length <= mostCharacters) return;
  throw new EosinError({
    code: "PLAN_TOO_LARGE",
    message: "The plan is larger than can be written.",
    place: plan.document.file,
    expected: `at most ${mostCharacters} characters of JSON`,
    found: `${length} characters, for ${plan.instances.length} instances`,
    next: "Use fewer samples, fewer folds, or several documents.",
  });
}

function withoutRepeats(planned: Plan["planned"]): Plan["planned"] {
  const names = new Map<JsonValue, string>();
  for (const [id, output] of Object.entries(planned)) if ("value" in output) names.set(output.value, id);
  const shorten = (value: JsonValue): JsonValue => {
    const id = isObject(value) ? names.get(value) : undefined;
    return id === undefined ? value : { $planned: id };
  };
  const outputs = Object.entries(planned).map(([id, output]) => [id, mapItems(output, shorten)]);
  return Object.fromEntries(outputs);
}

function restored(value: JsonValue, plan: Plan): JsonValue {
  if (!isObject(value) || typeof value.$planned !== "string") return value;
  const output = plan.planned[value.$planned];
  return output && "value" in output ? output.value : value;
}

/** Changes what is one level inside the values of items. */
function mapItems(output: PlannedOutput<JsonValue>, change: (value: JsonValue) => JsonValue): PlannedOutput<JsonValue> {
  if (!("items" in output)) return output;
  const items = output.items.map((item) => {
    if (!isObject(item.value)) return item;
    const value: JsonObject = Object.fromEntries(
      Object.entries(item.value).map(([key, inner]) => [key, change(inner)]),
    );
    return { ...item, value };
  });
  return { ...output, items };
}
