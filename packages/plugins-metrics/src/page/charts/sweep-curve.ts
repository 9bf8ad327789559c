import type { PredictorSummary } from "../../judging/summary.js";
import { palette, renderSvg } from "./render-svg.js";

/** The one axis along which numeric sweep points differ, or nothing. */
export function numericAxis(summaries: readonly PredictorSummary[]): string | undefined {
  if (summaries.length < 3) return undefined;
  const axes = new Set(summaries.flatMap((each) => Object.keys(each.axes)));
  const varying = [...axes].filter((axis) => new Set(summaries.map((each) => each.axes[axis])).size > 1);
  if (varying.length !== 1) return undefined;
  const numeric = summaries.every(
    (each) => each.axes[varying[0]] !== undefined && Number.isFinite(Number(each.axes[varying[0]])),
  );
  return numeric ? varying[0] : undefined;
}

/** Dice and IoU along the axis: mean over folds, with bars of one standard deviation. */
export function sweepCurve(summaries: readonly PredictorSummary[], axis: string, metrics: readonly string[]): string {
  const sorted = [...summaries].sort((a, b) => Number(a.axes[axis]) - Number(b.axes[axis]));
  const series = metrics.flatMap((metric, i) => {
    const color = palette[i % palette.length];
    const means = sorted.map((each) => [Number(each.axes[axis]), each.overall[metric].mean]);
    const bars = sorted
      .filter((each) => each.overall[metric].deviation !== undefined)
      .map((each) => {
        const x = Number(each.axes[axis]);
        const { mean, deviation } = each.overall[metric];
        return [{ coord: [x, mean - deviation!] }, { coord: [x, mean + deviation!] }];
      });
    return [
      {
        name: metric,
        type: "line",
        data: means,
        symbolSize: 7,
        lineStyle: { color },
        itemStyle: { color },
        markLine: {
          symbol: ["none", "none"],
          silent: true,
          lineStyle: { color, type: "solid", opacity: 0.5 },
          data: bars,
        },
      },
    ];
  });
  return renderSvg(
    "sweep",
    {
      title: { text: `${metrics.join(" and ")} by ${axis}`, left: 8, top: 4, textStyle: { fontSize: 13 } },
      legend: { top: 4, right: 8 },
      grid: { left: 52, right: 16, top: 40, bottom: 40 },
      xAxis: { type: "value", name: axis, nameLocation: "middle", nameGap: 24, scale: true },
      // The axis takes its range from the means alone, and a bar that leaves it is not drawn at all.
      yAxis: { type: "value", scale: true, ...rangeOf(sorted, metrics) },
      series,
    },
    { width: 640, height: 360 },
  );
}

/** From the lowest end of a bar to the highest, in steps of 0.05. */
function rangeOf(summaries: readonly PredictorSummary[], metrics: readonly string[]): { min: number; max: number } {
  const spreads = summaries.flatMap((each) => metrics.map((metric) => each.overall[metric]));
  const ends = spreads.flatMap(({ mean, deviation = 0 }) => [mean - deviation, mean + deviation]);
  const round = (value: number, to: (value: number) => number) => Number((to(value * 20) / 20).toFixed(2));
  return { min: round(Math.min(...ends), Math.floor), max: round(Math.max(...ends), Math.ceil) };
}
