import { palette, renderSvg } from "./render-svg.js";

export interface StripPoint {
  /** Of the column. */
  readonly stratum: string;
  readonly value: number;
}

/** Every patch's figure as a dot, a column each domain, or other stratum: what a mean hides. */
export function patchStrip(points: readonly StripPoint[], metric: string): string {
  const strata = [...new Set(points.map(({ stratum }) => stratum))].sort();
  const series = strata.map((stratum, column) => {
    const values = points
      .filter((point) => point.stratum === stratum && !Number.isNaN(point.value))
      .map((point) => point.value);
    return {
      type: "scatter",
      symbolSize: 6,
      itemStyle: { color: palette[column % palette.length], opacity: 0.55 },
      // Spread sideways by rank parity, so that equal values stay visible; no randomness.
      data: values.sort((a, b) => a - b).map((value, rank) => [column + (((rank * 7) % 11) - 5) / 22, value]),
    };
  });
  return renderSvg(
    "patches",
    {
      title: { text: `${metric} of each patch`, left: 8, top: 4, textStyle: { fontSize: 13 } },
      grid: { left: 52, right: 16, top: 36, bottom: 40 },
      xAxis: {
        type: "value",
        min: -0.5,
        max: strata.length - 0.5,
        interval: 0.5,
        splitLine: { show: false },
        axisTick: { show: false },
        axisLabel: { formatter: (x: number) => (Number.isInteger(x) ? (strata[x] ?? "") : "") },
      },
      yAxis: { type: "value", ...rangeOf(points), axisLine: { onZero: false } },
      series,
    },
    { width: 520, height: 340 },
  );
}

/** Most figures are shares, and all such strips have one axis; others take the room that they need. */
function rangeOf(points: readonly StripPoint[]): { readonly min?: number; readonly max?: number } {
  return points.every(({ value }) => Number.isNaN(value) || (value >= 0 && value <= 1)) ? { min: 0, max: 1 } : {};
}
