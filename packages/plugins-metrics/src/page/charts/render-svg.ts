import { LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkLineComponent, TitleComponent } from "echarts/components";
import type { EChartsCoreOption } from "echarts/core";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([LineChart, ScatterChart, GridComponent, LegendComponent, MarkLineComponent, TitleComponent, SVGRenderer]);

/**
 * Renders a chart to SVG text without a browser. The same option gives the same text.
 * @param name Unique on the page: the figure's clip paths are named after it.
 */
export function renderSvg(name: string, option: EChartsCoreOption, size: { width: number; height: number }): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, ...size });
  try {
    chart.setOption({ animation: false, textStyle: { fontFamily: "system-ui, sans-serif" }, ...option });
    return withStableNames(chart.renderToSVGString(), name);
  } finally {
    chart.dispose();
  }
}

/** ECharts names clip paths and classes by counters of the process: other figures of a page, or another run, would meet them. */
function withStableNames(svg: string, figure: string): string {
  const names = new Map<string, string>();
  return svg.replace(/zr\d+-(?:c|cls-|a|g|p|s)?[\w-]*/g, (name) => {
    const stable = names.get(name) ?? `${figure}-${names.size}`;
    names.set(name, stable);
    return stable;
  });
}

/** Colours that stay apart for colour-blind readers (Okabe & Ito). */
export const palette = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#666666"];
