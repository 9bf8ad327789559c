import type { Comparison, PairedDifference } from "@eosin/plugins-metrics/compare";
import type { Colors } from "../colors.js";
import { alignColumns } from "../format.js";

const labels: { readonly [metric: string]: string } = { dice: "Dice", iou: "IoU" };
const mostSettings = 12;
const mostColumns = 4;

/** How the page writes its figures: the plugin's own, since the command line imports none. */
export interface FigureWords {
  formatDifference(value: number): string;
  formatP(p: number): string;
  comparedImages(difference: PairedDifference): string;
  leftOut(difference: PairedDifference): string;
}

/** The comparison for a terminal: results, paired differences, scanners, settings. */
export function comparisonTable(comparison: Comparison, words: FigureWords, colors: Colors): readonly string[] {
  return [
    ...titled("Mean ± sd over folds", colors, results(comparison)),
    ...titled(`Difference to ${comparison.reference}, image by image`, colors, differences(comparison, words)),
    colors.dim(`interval: ${comparison.method.interval}`),
    colors.dim(`p: ${comparison.method.test}`),
    colors.dim(`correction: ${comparison.method.correction}`),
    "",
    ...titled("Dice by scanner", colors, byScanner(comparison)),
    ...titled("What differs in the settings", colors, settings(comparison)),
  ];
}

function titled(title: string, colors: Colors, lines: readonly string[]): readonly string[] {
  return [colors.bold(title), ...lines, ""];
}

function results({ contenders, metrics, published }: Comparison): readonly string[] {
  return alignColumns([
    ["", ...metrics.map((metric) => labels[metric])],
    ...contenders.map(({ name, summary, missing }) => [
      missing.length === 0 ? name : `${name} (failed or not computed: ${missing.join(", ")})`,
      ...metrics.map((metric) => spreadText(summary.folds.length === 0 ? undefined : summary.overall[metric])),
    ]),
    ...published.rows.map(({ title, figures }) => [
      `paper: ${title}`,
      ...metrics.map((metric) => figures[metric as "dice" | "iou"].toFixed(3)),
    ]),
  ]);
}

function differences(
  { differences: all }: Comparison,
  { comparedImages, formatDifference, formatP, leftOut }: FigureWords,
): readonly string[] {
  return alignColumns([
    ["", "", "images", "mean", "95 % interval", "p", "p, Holm"],
    ...all.map((each) => {
      const left = leftOut(each);
      return [
        left === "" ? each.contender : `${each.contender} (${left})`,
        labels[each.metric],
        comparedImages(each),
        formatDifference(each.mean),
        `${formatDifference(each.interval.low)} to ${formatDifference(each.interval.high)}`,
        formatP(each.test.p),
        formatP(each.holm),
      ];
    }),
  ]);
}

function byScanner({ contenders }: Comparison): readonly string[] {
  const scanners = [...new Set(contenders.flatMap(({ summary }) => Object.keys(summary.byDomain)))].sort();
  return alignColumns([
    ["", ...scanners],
    ...contenders.map(({ name, summary }) => [
      name,
      ...scanners.map((scanner) => spreadText(summary.byDomain[scanner]?.dice)),
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

function spreadText(spread: { readonly mean: number; readonly deviation?: number } | undefined): string {
  if (spread === undefined || Number.isNaN(spread.mean)) return "–";
  const mean = spread.mean.toFixed(3);
  return spread.deviation === undefined ? mean : `${mean} ± ${spread.deviation.toFixed(3)}`;
}
