import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import type { Plan, Store } from "@eosin/core";
import { instanceFileNames, type RunResult } from "@eosin/core/run";
import type { MissingInput } from "@eosin/plugin-api";
import { alignColumns } from "@eosin/support/align-columns";
import { formatSeconds } from "@eosin/support/format-seconds";
import { failureTable } from "./failure-table.js";

interface ReportRow {
  readonly title: string;
  readonly role: string;
  readonly figures: { readonly [metric: string]: { readonly mean: number; readonly deviation?: number } };
}

/** The run's last lines: what was done, the report's table, where to look, and what to type next. */
export async function runSummary(plan: Plan, store: Store, result: RunResult, again: string): Promise<string[]> {
  const lines = [""];
  const counts = [`${result.executed.length} run`, `${result.reused.length} reused`];
  if (result.failed.length > 0) counts.push(`${result.failed.length} failed`);
  if (result.skipped.length > 0) counts.push(`${result.skipped.length} skipped`);
  if (result.warnings > 0) counts.push(`${result.warnings} warnings`);
  lines.push(`${result.outcome} in ${formatSeconds(result.seconds)}: ${counts.join(", ")}`);
  const fileNames = instanceFileNames(plan.instances.map(({ id }) => id));
  for (const instance of plan.instances.filter((each) => each.produces === "report")) {
    // What the run stored: a report that goes without something is another than the plan's.
    const fingerprint = result.artifacts[instance.id];
    if (fingerprint === undefined) continue;
    const { rows = [], open } = (await store.read(fingerprint)).value as { rows?: ReportRow[]; open?: string };
    if (rows.length > 0) lines.push("", ...tableOf(rows, result.incomplete[instance.id] ?? []));
    const page = open === undefined ? undefined : join(result.run, fileNames.get(instance.id) ?? instance.id, open);
    if (page !== undefined && existsSync(page)) lines.push("", `report  ${relative(process.cwd(), page) || page}`);
  }
  const failures = failureTable(result);
  if (failures.length > 0) lines.push(...failures, "");
  lines.push(`run     ${relative(process.cwd(), result.run) || result.run}`);
  if (result.outcome !== "done") lines.push(`next    pipe ${again}   (continues: finished steps and epochs are kept)`);
  return lines;
}

/** Points whose steps failed are in the table too, without figures. */
function tableOf(rows: readonly ReportRow[], missing: readonly MissingInput[]): string[] {
  const failed = [...new Set(missing.map(({ because }) => because))];
  const metrics = Object.keys(rows[0].figures);
  const cell = ({ mean, deviation }: { mean: number; deviation?: number }) =>
    deviation === undefined ? mean.toFixed(3) : `${mean.toFixed(3)} ± ${deviation.toFixed(3)}`;
  return alignColumns([
    ["", ...metrics],
    ...rows.map((row) => [
      row.role === "baseline" ? `${row.title} (baseline)` : row.title,
      ...metrics.map((metric) => cell(row.figures[metric])),
    ]),
    ...failed.map((instance) => [instance, ...metrics.map(() => "failed")]),
  ]);
}
