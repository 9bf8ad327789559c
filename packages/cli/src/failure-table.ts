import type { RunResult } from "@eosin/core/run";
import { alignColumns } from "@eosin/support/align-columns";

/** What failed and why, what was skipped for it, and what went on without it; nothing where all went well. */
export function failureTable({ errors, causes, incomplete }: RunResult): string[] {
  const rows = [
    ...Object.entries(errors).map(([instance, { code, message }]) => ["failed", instance, `${message} [${code}]`]),
    ...Object.entries(causes).map(([instance, cause]) => ["skipped", instance, `needs ${cause}`]),
    ...Object.entries(incomplete).map(([instance, missing]) => [
      "incomplete",
      instance,
      `goes without ${missing.map((each) => each.instance).join(", ")}`,
    ]),
  ];
  return rows.length === 0 ? [] : ["", ...alignColumns(rows)];
}
