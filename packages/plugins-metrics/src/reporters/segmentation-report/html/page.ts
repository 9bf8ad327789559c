import { type Markup, markup, page, trusted } from "@eosin/plugin-api/html";
import { type PredictorSummary, unjudgedSentence } from "../../../judging/summary.js";
import { bestFirst, type MetricColumn } from "../../../metrics/named-metric.js";
import { dataWarnings } from "../../../page/data-section.js";
import {
  emptySentence,
  formatCell,
  formatFigure,
  metricLabel,
  metricTable,
  type TableSection,
} from "../../../page/metric-table.js";
import { pictureLegend } from "../../../page/picture-legend.js";
import { settingsSection, stepLink } from "../../../page/settings-section.js";
import { strataSections, stratumLabel } from "../../../page/strata-sections.js";
import { style } from "../../../page/style.js";
import type { Case } from "../cases.js";
import type { Results } from "../results.js";
import { fallbacksSection } from "./fallbacks-section.js";
import { groupsSection } from "./groups-section.js";
import { missingSection } from "./missing-section.js";

export interface PageContent {
  readonly results: Results;
  /** Cases of the best predictor. */
  readonly cases: readonly Case[];
  readonly casesOf: string;
  /** SVG texts. */
  readonly curves: readonly string[];
  readonly sweep?: string;
  readonly strip: string;
  /** Of the steps that the report depends on, SVG. */
  readonly steps: string;
  /** What the sheet of the training patches shows, its pictures inside. */
  readonly stains?: Markup;
}

/** More predictors than this, as in a sweep, have their details folded. */
const mostOpen = 2;

export function reportPage(content: PageContent): string {
  const { results, stains } = content;
  const { document, profile } = results.provenance;
  return page({
    title: `${document.name}${profile ? ` (${profile})` : ""}`,
    description: document.description,
    style,
    body: markup`${missingSection(results.missing)}${dataWarnings(results.provenance.looks)}${tiles(results)}
<h2>Results</h2>
<p class="soft small">${protocolSentence(results)}${unjudgedSentence([...results.predictors, ...results.baselines])}</p>
${metricTable("predictor", results.metrics, resultSections(results))}${groupsSection(results)}
${content.sweep === undefined ? undefined : markup`<div class="figures">${trusted(content.sweep)}</div>`}
<h2>By fold and by ${stratumLabel(results.by)}</h2>
${results.predictors.map((each) => predictorDetails(each, results))}
<div class="figures">${trusted(content.strip)}</div>
${content.curves.length === 0 ? undefined : markup`<h2>Learning curves</h2><div class="figures">${content.curves.map(trusted)}</div>`}
${content.cases.length === 0 ? undefined : casesSection(content)}
${stains && markup`<h2>Stains of the training patches</h2>${stains}`}
${fallbacksSection(results.fallbacks)}
<h2>Steps</h2>
<div class="figures">${trusted(content.steps)}</div>
${settingsSection(results.provenance)}`,
  });
}

function tiles({ predictors, baselines, metrics }: Results): Markup {
  const [ranking] = metrics;
  const best = bestOf(predictors, ranking);
  const rival = bestOf(baselines, ranking);
  const tile = (value: string, label: string) =>
    markup`<div class="tile"><b>${value}</b><span class="soft small">${label}</span></div>`;
  return markup`<div class="tiles">${[
    ...(best
      ? metrics
          .slice(0, 2)
          .map(({ name }) => tile(formatCell(best.overall[name]), `${metricLabel(name)}, ${best.title}`))
      : []),
    ...(rival
      ? [
          tile(
            formatFigure(rival.overall[ranking.name].mean),
            `${metricLabel(ranking.name)}, best baseline (${rival.title})`,
          ),
        ]
      : []),
  ]}</div>`;
}

export function bestOf(summaries: readonly PredictorSummary[], metric: MetricColumn): PredictorSummary | undefined {
  const order = bestFirst(metric);
  return [...summaries].sort((a, b) => order(a.overall[metric.name].mean, b.overall[metric.name].mean))[0];
}

function protocolSentence({ protocol, predictors, metrics }: Results): string {
  const folds = Math.max(0, ...predictors.map((each) => each.folds.length));
  const unit =
    protocol.kind === "patch"
      ? "Figures are means over patches"
      : `Figures are taken over the joined pixels of ${protocol.batch} patches and averaged over such batches (the paper's protocol)`;
  return `${unit}${folds > 1 ? `, then over ${folds} folds; ± is one standard deviation over folds` : ""}. ${emptySentence(metrics)} A dash: undefined. A fold's name leads to the step that predicted it, with its line in the document, its fingerprint and all its settings.`;
}

function resultSections(results: Results): TableSection[] {
  return [
    { rows: results.predictors.map((each) => ({ title: each.title, emphasis: true, cells: each.overall })) },
    {
      heading: "baselines on the same test patches",
      rows: results.baselines.map((each) => ({ title: each.title, cells: each.overall })),
    },
    {
      heading: "failed, and not in the figures",
      rows: [...new Set(results.missing.map(({ because }) => because))].map((title) => ({ title, cells: {} })),
    },
    {
      heading: results.published && `published: ${results.published.source}`,
      rows: results.published?.rows.map((each) => ({ title: each.title, cells: each.figures })) ?? [],
    },
  ];
}

function predictorDetails(summary: PredictorSummary, { metrics, baselines, predictors, by }: Results): Markup {
  const strata = Object.keys(summary.strata).sort();
  const baselineRows = baselines.flatMap((each) =>
    strata.map((value) => ({ title: `${each.title}, ${value}`, cells: each.strata[value] ?? {} })),
  );
  const table = metricTable(`fold or ${stratumLabel(by)}`, metrics, [
    {
      heading: "folds",
      rows: summary.folds.map((fold) => ({
        title: stepLink(fold.instance, `${fold.split} (${fold.patches} patches)`),
        cells: fold.figures,
      })),
    },
    ...strataSections(summary, by),
    { heading: `baselines by ${stratumLabel(by)}`, rows: baselineRows },
  ]);
  return markup`<details${predictors.length <= mostOpen ? trusted(" open") : undefined}><summary>${summary.title}</summary>${table}</details>`;
}

function casesSection({ cases, casesOf, results }: PageContent): Markup {
  const picture = (source: string, caption: string) =>
    markup`<figure><img src="${source}" alt="${caption}"><figcaption>${caption}</figcaption></figure>`;
  return markup`<h2>Cases</h2>
<p class="soft small">Best, median and worst patches of ${casesOf} by ${metricLabel(results.metrics[0].name)}, those that are perfect by it left out.
${pictureLegend(cases.some((each) => each.pictures.ignored))}</p>
${cases.some((each) => each.pictures.stains.length > 0) ? markup`<p class="soft small">Densities are drawn on each patch's own scale, as light through one stain. A network that was not given densities to learn from orders, scales and signs its stains as it likes.</p>` : undefined}
${cases.map(
  (
    each,
  ) => markup`<div class="case"><div class="about"><b>${each.rank}</b> <span class="soft small">${each.id} · ${each.split} · ${results.metrics
    .slice(0, 2)
    .map(({ name }) => `${metricLabel(name)} ${formatFigure(each.figures[name])}`)
    .join(", ")}</span></div>
${picture(each.pictures.input, "input")}${picture(each.pictures.truth, "truth")}${picture(each.pictures.prediction, "prediction")}${each.pictures.stains.map((stain, i) => picture(stain, `predicted density, stain ${i + 1}`))}</div>`,
)}`;
}
