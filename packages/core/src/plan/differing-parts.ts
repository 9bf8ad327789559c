import type { JsonValue } from "@eosin/plugin-api";
import { isObject } from "../schema/schema-view.js";
import type { FingerprintParts } from "../store/fingerprint-parts.js";
import { canonicalJson } from "./canonical-json.js";
import { isHandle } from "./handles.js";
import type { PlanInstance } from "./plan.js";

export type Change =
  | { readonly what: "value"; readonly path: string; readonly before?: JsonValue; readonly after?: JsonValue }
  | { readonly what: "input"; readonly path: string; readonly input: string }
  | { readonly what: "file"; readonly path: string }
  | { readonly what: "lines" }
  | { readonly what: "plugin"; readonly plugin: string; readonly how: "edited" | "added" | "removed" };

/** Which parts of an instance's fingerprint are not what they were. */
export function differingParts(before: FingerprintParts, instance: PlanInstance): readonly Change[] {
  const { parts: after } = instance;
  const changes: Change[] = [];
  for (const key of ["contract", "planVersion", "component", "seed"] as const) {
    if (before[key] !== after[key]) changes.push({ what: "value", path: key, before: before[key], after: after[key] });
  }
  for (const plugin of new Set([...Object.keys(before.plugins), ...Object.keys(after.plugins)])) {
    const [old, now] = [before.plugins[plugin], after.plugins[plugin]];
    if (old === now) continue;
    changes.push({
      what: "plugin",
      plugin,
      how: old === undefined ? "added" : now === undefined ? "removed" : "edited",
    });
  }
  const { lines: linesBefore, ...runBefore } = before.run ?? {};
  const { lines: linesAfter, ...runAfter } = after.run ?? {};
  compare("run", runBefore, runAfter, undefined, changes);
  if (JSON.stringify(linesBefore) !== JSON.stringify(linesAfter)) changes.push({ what: "lines" });
  compare("engine", before.engine, after.engine, undefined, changes);
  compare("options", before.options, after.options, instance.options, changes);
  return changes;
}

/** @param options What the identity `after` was made of: names the inputs, which identities do not. */
function compare(
  path: string,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  options: JsonValue | undefined,
  changes: Change[],
): void {
  if (
    before === after ||
    (before !== undefined && after !== undefined && canonicalJson(before) === canonicalJson(after))
  ) {
    return;
  }
  if (isObject(before) && isObject(after)) {
    if ("$content" in before && "$content" in after) return void changes.push({ what: "file", path });
    if ("$input" in before && "$input" in after && options !== undefined && isHandle(options)) {
      const { instance, item } = options.$artifact;
      return void changes.push({ what: "input", path, input: item === undefined ? instance : `${instance} (${item})` });
    }
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      compare(`${path}.${key}`, before[key], after[key], isObject(options) ? options[key] : undefined, changes);
    }
    return;
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    const inner = Array.isArray(options) ? (options as readonly JsonValue[]) : [];
    before.forEach((item: JsonValue, index) => {
      compare(`${path}.${index}`, item, (after as readonly JsonValue[])[index], inner[index], changes);
    });
    return;
  }
  changes.push({ what: "value", path, before, after });
}

/** `options.alpha: 0.3 → 0.5`, `plugin @eosin/plugins-stain changed (its version, or a file of it)`, `input folds (fold-0) changed (options.split)` */
export function describeChange(change: Change): string {
  switch (change.what) {
    case "plugin":
      return change.how === "edited"
        ? `plugin ${change.plugin} changed (its version, or a file of it)`
        : `plugin ${change.plugin} was ${change.how}`;
    case "input":
      return `input ${change.input} changed (${change.path})`;
    case "file":
      return `the content of ${change.path} changed`;
    case "lines":
      return "the lines of the document that it names moved";
    case "value":
      return `${change.path}: ${short(change.before)} → ${short(change.after)}`;
  }
}

function short(value: JsonValue | undefined): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value) && value.some((item: JsonValue) => isObject(item) && "$input" in item)) {
    return `${value.length} inputs`;
  }
  if (isObject(value) && "$input" in value) return "1 input";
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
