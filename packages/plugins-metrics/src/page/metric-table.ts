import { type Markup, markup } from "@eosin/plugin-api/html";
import type { MetricColumn } from "../metrics/named-metric.js";
import type { Spread } from "../statistics/spread.js";

export interface TableRow {
  readonly title: string | Markup;
  readonly emphasis?: boolean;
  readonly cells: { readonly [metric: string]: Spread | number | undefined };
}

export interface TableSection {
  /** A line above the rows, e.g. `baselines`. */
  readonly heading?: string;
  readonly rows: readonly TableRow[];
}

/** A table with a column each metric; a dash where a row has no such figure. */
export function metricTable(
  first: string,
  metrics: readonly MetricColumn[],
  sections: readonly TableSection[],
): Markup {
  const filled = sections.filter((section) => section.rows.length > 0);
  return markup`<div class="scroll"><table>
<thead><tr><th>${first}</th>${metrics.map((metric) => markup`<th>${columnLabel(metric)}</th>`)}</tr></thead>
<tbody>${filled.map(
    (section) =>
      markup`${section.heading === undefined ? undefined : markup`<tr class="section"><td colspan="${metrics.length + 1}">${section.heading}</td></tr>`}${section.rows.map(
        (row) =>
          markup`<tr${row.emphasis ? markup` class="network"` : undefined}><td>${row.title}</td>${metrics.map(({ name }) => markup`<td>${cell(row.cells[name])}</td>`)}</tr>`,
      )}`,
  )}</tbody></table></div>`;
}

function cell(value: Spread | number | undefined): Markup | string {
  if (value === undefined || typeof value === "number" || value.deviation === undefined) return formatCell(value);
  return markup`${formatFigure(value.mean)} <small>± ${formatFigure(value.deviation)}</small>`;
}

export function formatCell(cell: Spread | number | undefined): string {
  if (cell === undefined) return "–";
  if (typeof cell === "number") return formatFigure(cell);
  const mean = formatFigure(cell.mean);
  return cell.deviation === undefined ? mean : `${mean} ± ${formatFigure(cell.deviation)}`;
}

export function formatFigure(value: number): string {
  return Number.isNaN(value) ? "–" : value.toFixed(3);
}

const labels: { readonly [name: string]: string } = {
  dice: "Dice",
  iou: "IoU",
  score: "Score",
  f1: "F1",
  accuracy: "Accuracy",
  sensitivity: "Sensitivity",
  specificity: "Specificity",
  auroc: "AUROC",
  "pr-auc": "PR-AUC",
};

export function metricLabel(name: string): string {
  return labels[name] ?? name;
}

/** The head of a column; one where less is better says so. */
export function columnLabel({ name, higherIsBetter }: MetricColumn): string {
  return higherIsBetter ? metricLabel(name) : `${metricLabel(name)} ↓`;
}

/** What tables say of metrics of which no other reader could know it. */
export function emptySentence(metrics: readonly MetricColumn[]): string {
  const ways = new Set(metrics.map(({ higherIsBetter }) => higherIsBetter));
  const empty = ways.has(true) ? ["An empty mask that is predicted empty scores 1."] : [];
  return [...empty, ...(ways.has(false) ? ["↓: less is better."] : [])].join(" ");
}
