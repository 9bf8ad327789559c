import type { Colors } from "@eosin/plugin-api/commands";
import { alignColumns } from "@eosin/support/align-columns";
import type { Comparison } from "../../compare/comparison.js";
import { formatDifference, formatP } from "../../compare/format-statistic.js";
import { comparedImages, leftOut } from "../../compare/html/differences-table.js";
import type { MetricColumn } from "../../metrics/named-metric.js";
import { columnLabel } from "../../page/metric-table.js";

/** Metrics that a terminal has room for; the page and `--json` have all. */
const mostMetrics = 2;
const mostSettings = 12;
const mostColumns = 4;

/** The comparison for a terminal: results, paired differences, scanners, settings. */
export function comparisonTable(comparison: Comparison, colors: Colors): readonly string[] {
  const shown = comparison.metrics.slice(0, mostMetrics);
  const further = comparison.metrics.slice(mostMetrics).map(columnLabel);
  return [
    ...titled("Mean ± sd over folds", colors, results(comparison, shown)),
    ...titled(`Difference to ${comparison.reference}, image by image`, colors, differences(comparison, shown)),
    colors.dim(`interval: ${comparison.method.interval}`),
    colors.dim(`p: ${comparison.method.test}`),
    colors.dim(`correction: ${comparison.method.correction}`),
    ...(further.length > 0 ? [colors.dim(`on the page and with --json also: ${further.join(", ")}`)] : []),
    "",
    ...titled(`${columnLabel(shown[0])} by scanner`, colors, byScanner(comparison)),
    ...titled("What differs in the settings", colors, settings(comparison)),
  ];
}

function titled(title: string, colors: Colors, lines: readonly string[]): readonly string[] {
  return [colors.bold(title), ...lines, ""];
}

function results({ contenders, published }: Comparison, metrics: readonly MetricColumn[]): readonly string[] {
  return alignColumns([
    ["", ...metrics.map(columnLabel)],
    ...contenders.map(({ name, summary, missing }) => [
      missing.length === 0 ? name : `${name} (failed or not computed: ${missing.join(", ")})`,
      ...metrics.map(({ name: metric }) =>
        spreadText(summary.folds.length === 0 ? undefined : summary.overall[metric]),
      ),
    ]),
    ...published.rows.map(({ title, figures }) => [
      `paper: ${title}`,
      ...metrics.map(({ name: metric }) => spreadText(publishedFigure(figures, metric))),
    ]),
  ]);
}

function differences({ differences: all }: Comparison, metrics: readonly MetricColumn[]): readonly string[] {
  return alignColumns([
    ["", "", "images", "mean", "95 % interval", "p", "p, Holm"],
    ...metrics.flatMap((metric) =>
      all
        .filter((each) => each.metric === metric.name)
        .map((each) => {
          const left = leftOut(each);
          return [
            left === "" ? each.contender : `${each.contender} (${left})`,
            columnLabel(metric),
            comparedImages(each),
            formatDifference(each.mean),
            `${formatDifference(each.interval.low)} to ${formatDifference(each.interval.high)}`,
            formatP(each.test.p),
            formatP(each.holm),
          ];
        }),
    ),
  ]);
}

function byScanner({ contenders, metrics: [{ name: metric }] }: Comparison): readonly string[] {
  const scanners = [...new Set(contenders.flatMap(({ summary }) => Object.keys(summary.strata)))].sort();
  return alignColumns([
    ["", ...scanners],
    ...contenders.map(({ name, summary }) => [
      name,
      ...scanners.map((scanner) => spreadText(summary.strata[scanner]?.[metric])),
    ]),
  ]);
}

function settings({ settings: all, contenders }: Comparison): readonly string[] {
  if (all.length === 0) return ["nothing"];
  const wide = contenders.length > mostColumns;
  const lines = alignColumns([
    ["", ...(wide ? ["in the order above"] : contenders.map(({ name }) => name))],
    ...all.slice(0, mostSettings).map(({ path, values }) => {
      const words = values.map((value) => String(value ?? "–"));
      return [path, ...(wide ? [words.join(" · ")] : words)];
    }),
  ]);
  return all.length <= mostSettings ? lines : [...lines, `… and ${all.length - mostSettings} more, on the page`];
}

function publishedFigure(figures: object, metric: string): { readonly mean: number } | undefined {
  const found = Object.entries(figures).find(([name]) => name === metric)?.[1];
  return typeof found === "number" ? { mean: found } : undefined;
}

function spreadText(spread: { readonly mean: number; readonly deviation?: number } | undefined): string {
  if (spread === undefined || Number.isNaN(spread.mean)) return "–";
  const mean = spread.mean.toFixed(3);
  return spread.deviation === undefined ? mean : `${mean} ± ${spread.deviation.toFixed(3)}`;
}
