import { type Markup, markup } from "@eosin/plugin-api/html";
import type { PredictorSummary } from "../../../judging/summary.js";
import { columnLabel, formatFigure } from "../../../page/metric-table.js";
import { defaultLevel, defaultResamples } from "../../../statistics/bootstrap-interval.js";
import type { Results } from "../results.js";

/** How far figures are to be trusted where patches come in groups; nothing where they do not. */
export function groupsSection({ predictors, baselines, metrics }: Results): Markup | undefined {
  const grouped = [...predictors, ...baselines].filter(({ groups }) => groups !== undefined);
  if (grouped.length === 0) return undefined;
  return markup`<p class="soft small">${100 * defaultLevel} % intervals of the mean over patches, by bootstrap over whole groups (${defaultResamples} resamples): patches of one group are not independent cases.</p>
<div class="scroll"><table><thead><tr><th>predictor</th><th>cases</th>${metrics.map((metric) => markup`<th>${columnLabel(metric)}</th>`)}</tr></thead>
<tbody>${grouped.map((each) => row(each, metrics))}</tbody></table></div>`;
}

function row({ title, groups }: PredictorSummary, metrics: Results["metrics"]): Markup {
  const { intervals, patches, groups: count } = groups!;
  const interval = (name: string) => `${formatFigure(intervals[name].low)} to ${formatFigure(intervals[name].high)}`;
  return markup`<tr><td>${title}</td><td>${count} ${count === 1 ? "group" : "groups"}, ${patches} patches</td>${metrics.map(({ name }) => markup`<td>${interval(name)}</td>`)}</tr>`;
}
