import { type Markup, markup, page, trusted } from "@eosin/plugin-api/html";
import { unjudgedSentence } from "../../judging/summary.js";
import { sweepCurve } from "../../page/charts/sweep-curve.js";
import { emptySentence, formatFigure, metricLabel, metricTable } from "../../page/metric-table.js";
import { pictureLegend } from "../../page/picture-legend.js";
import { stepLink, tracedSteps } from "../../page/settings-section.js";
import { strataSections } from "../../page/strata-sections.js";
import { style } from "../../page/style.js";
import type { Comparison } from "../comparison.js";
import type { SideBySide } from "../side-by-side.js";
import { sweptSetting } from "../swept-setting.js";
import { differencesTable } from "./differences-table.js";

/** More contenders than this have their scanners and steps folded. */
const mostOpen = 4;

/** The whole comparison as one HTML file, its figures as JSON inside (`<script id="comparison">`). */
export function comparePage(comparison: Comparison, cases: readonly SideBySide[]): string {
  const { contenders, metrics, published, method } = comparison;
  const swept = sweptSetting(comparison);
  return page({
    title: `Comparison of ${contenders.length} predictors`,
    description: `Against ${comparison.reference}: ${[...new Set(contenders.map(({ run }) => run))].join(", ")}`,
    style,
    body: markup`<h2>Results</h2>
<p class="soft small">Figures: ${method.figures}. ${emptySentence(metrics)} A dash: undefined. Names lead to what made the figures.${unjudgedSentence(contenders.map(({ summary }) => summary))}</p>
${metricTable("predictor", metrics, [
  {
    rows: contenders.map((each, index) => ({
      title: markup`<a href="#contender-${index}">${each.name}</a>${missingNote(each.missing)}`,
      emphasis: each.name === comparison.reference,
      cells: each.summary.folds.length === 0 ? {} : each.summary.overall,
    })),
  },
  {
    heading: `published: ${published.source}`,
    rows: published.rows.map((row) => ({ title: row.title, cells: row.figures })),
  },
])}
${
  swept === undefined
    ? undefined
    : markup`<div class="figures">${trusted(
        sweepCurve(
          swept.summaries,
          swept.axis,
          metrics.slice(0, 2).map(({ name }) => name),
        ),
      )}</div>`
}
${differencesTable(comparison)}
${settingsTable(comparison)}
${casesSection(cases, metrics)}
<h2>By scanner and by fold</h2>
${contenders.map((each, index) => contenderDetails(each, index, comparison))}
<script type="application/json" id="comparison">${trusted(JSON.stringify(comparison).replaceAll("<", "\\u003c"))}</script>`,
  });
}

function missingNote(missing: readonly string[]): Markup | undefined {
  return missing.length === 0
    ? undefined
    : markup` <span class="soft small">(failed or not computed: ${missing.join(", ")})</span>`;
}

function settingsTable({ settings, contenders }: Comparison): Markup {
  const show = (value: unknown) => (value === undefined ? "–" : String(value));
  return markup`<h2>What differs in the settings</h2>
${
  settings.length === 0
    ? markup`<p>Nothing: the same steps, options, seed, engine and plugins.</p>`
    : markup`<div class="scroll"><table class="words"><thead><tr><th>setting</th>${contenders.map(({ name }) => markup`<th>${name}</th>`)}</tr></thead>
<tbody>${settings.map(({ path, values }) => markup`<tr><td>${path}</td>${values.map((value) => markup`<td>${show(value)}</td>`)}</tr>`)}</tbody></table></div>`
}`;
}

function casesSection(cases: readonly SideBySide[], metrics: Comparison["metrics"]): Markup | undefined {
  if (cases.length === 0) return undefined;
  const picture = (source: string, caption: string) =>
    markup`<figure><img src="${source}" alt="${caption}"><figcaption>${caption}</figcaption></figure>`;
  return markup`<h2>The same patch side by side</h2>
<p class="soft small">Where the best of the others gains most over the reference by ${metricLabel(metrics[0].name)}, does as in the median, and loses most.
${pictureLegend(cases.some((each) => each.ignored))}</p>
${cases.map(
  (
    each,
  ) => markup`<div class="case"><div class="about"><b>${each.rank}</b> <span class="soft small">${each.id}</span></div>
${picture(each.input, "input")}${picture(each.truth, "truth")}${each.predictions.map(
  ({ name, figures, picture: source }) => picture(source, `${name}: ${figureWords(figures, metrics)}`),
)}</div>`,
)}`;
}

function figureWords(figures: { readonly [metric: string]: number }, metrics: Comparison["metrics"]): string {
  const shown = metrics.slice(0, 2);
  return shown.map(({ name }) => `${metricLabel(name)} ${formatFigure(figures[name])}`).join(", ");
}

function contenderDetails(
  { name, run, summary, provenance, missing }: Comparison["contenders"][number],
  index: number,
  { contenders, metrics }: Comparison,
): Markup {
  const scope = `${index}-`;
  const { document, profile, seed, engine, plugins } = provenance;
  return markup`<details${contenders.length <= mostOpen ? trusted(" open") : undefined}><summary>${name}${missingNote(missing)}</summary>
<p class="small" id="contender-${index}">Run ${run}: ${document.name}${profile ? ` (${profile})` : ""}, seed ${seed}, engine ${engine ? Object.values(engine).join(" · ") : "none"}; ${Object.entries(
    plugins,
  )
    .map(([plugin, version]) => `${plugin} ${version}`)
    .join(", ")}.</p>
${metricTable("scanner or fold", metrics, [
  ...strataSections(summary, "domain"),
  {
    heading: "folds",
    rows: summary.folds.map((fold) => ({
      title: stepLink(fold.instance, `${fold.split} (${fold.patches} patches)`, scope),
      cells: fold.figures,
    })),
  },
])}
<details><summary>Every step, with its line in the document, fingerprint and options</summary>${tracedSteps(provenance, scope)}</details></details>`;
}
