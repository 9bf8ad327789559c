import { describeOrigin, type Setting } from "@eosin/core";
import type { JsonValue } from "@eosin/plugin-api";
import { alignColumns } from "@eosin/support/align-columns";

const longestValue = 48;

/** A line each value: its path as `--set` takes it, the value, and who said so. */
export function settingsTable(settings: readonly Setting[]): string[] {
  const rows = settings.map((each) => [each.path, showValue(each.value), describeOrigin(each)]);
  return alignColumns([["setting", "value", "from"], ...rows]);
}

export function showValue(value: JsonValue | undefined): string {
  if (value === undefined) return "–";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > longestValue ? `${text.slice(0, longestValue - 1)}…` : text;
}
