import {
  type Artifact,
  type ArtifactHandle,
  type ComponentContext,
  listOfHandles,
  type ReportFigure,
  type ReportSummary,
  type StepComponent,
  type StepContext,
} from "@eosin/plugin-api";
import type { Predictions } from "@eosin/plugin-api/imaging";
import { type JudgedPredictions, judgePredictions } from "../../judging/judge.js";
import { paperSource, paperTable1 } from "../../judging/paper-table.js";
import { requireAttribute } from "../../judging/stratum.js";
import { groupByPredictor, type PredictorSummary, summarize } from "../../judging/summary.js";
import { createMetrics, type MetricColumn, type NamedMetric } from "../../metrics/named-metric.js";
import { diceCurves, lossCurves, type NamedModel } from "../../page/charts/learning-curves.js";
import { patchStrip } from "../../page/charts/patch-strip.js";
import { numericAxis, sweepCurve } from "../../page/charts/sweep-curve.js";
import { reportProvenance } from "../../page/report-provenance.js";
import type { Spread } from "../../statistics/spread.js";
import { chooseCases } from "./cases.js";
import { summarizeFallbacks } from "./fallbacks.js";
import { bestOf, reportPage } from "./html/page.js";
import type { ReportOptions } from "./options.js";
import { patchesCsv } from "./patches-csv.js";
import type { Results } from "./results.js";
import { openStainSection } from "./stain-section.js";

/** More models than this make a plot that nobody can read: the sweep's curve stands for them. */
const mostCurves = 8;

export function createSegmentationReport(component: ComponentContext<ReportOptions>): StepComponent<ReportSummary> {
  const { options } = component;
  return {
    async run(context) {
      const metrics = await createMetrics(options.metrics, component.create);
      const columns: readonly MetricColumn[] = metrics.map(({ name, higherIsBetter }) => ({ name, higherIsBetter }));
      const names = columns.map(({ name }) => name);
      const opened = await openAll(context, listOfHandles(options.predictions));
      const openedRivals = await openAll(context, options.baselines.flatMap(listOfHandles));
      requireAttribute([...opened, ...openedRivals], options.by);
      const judged = await judgeAll(context, opened, metrics, options);
      const rivals = await judgeAll(context, openedRivals, metrics, options);
      const groups = groupByPredictor(judged);
      const baselineGroups = groupByPredictor(rivals);
      const results: Results = {
        protocol: { kind: options.protocol, batch: options.batch },
        metrics: columns,
        by: options.by,
        predictors: groups.map((group) => summarize(group, columns)),
        baselines: baselineGroups.map((group) => summarize(group, columns)),
        published: options.compare === "paper-table-1" ? { source: paperSource, rows: paperTable1 } : undefined,
        fallbacks: summarizeFallbacks([...judged, ...rivals].map(({ artifact }) => artifact.value)),
        missing: context.missing ?? [],
        provenance: reportProvenance(context.provenance),
      };
      const best = bestOf(results.predictors, columns[0]) as PredictorSummary;
      const bestGroup = groups[results.predictors.indexOf(best)];
      const models = await openModels(context, options.models);
      const axis = numericAxis(results.predictors);
      const html = reportPage({
        results,
        cases: await chooseCases(bestGroup, columns[0], options.cases),
        casesOf: best.title,
        curves: models.length > 0 && models.length <= mostCurves ? [lossCurves(models), diceCurves(models)] : [],
        sweep: axis === undefined ? undefined : sweepCurve(results.predictors, axis, names.slice(0, 2)),
        strip: patchStrip(
          bestGroup.members.flatMap((member) =>
            member.patches.map(({ stratum, figures }) => ({ stratum, value: figures[names[0]] })),
          ),
          names[0],
        ),
        steps: await context.drawSteps(),
        stains: options.stains && (await openStainSection(context, options.stains)),
      });
      await context.output.write("index.html", html);
      await context.output.write("results.json", `${JSON.stringify(results, null, 2)}\n`);
      await context.output.write("patches.csv", patchesCsv([...groups, ...baselineGroups], names));
      return {
        open: "index.html",
        rows: [...results.predictors, ...results.baselines].map((each) => ({
          title: each.title,
          role: each.role,
          figures: Object.fromEntries(names.slice(0, 2).map((name) => [name, reportFigure(each.overall[name])])),
          strata: Object.fromEntries(
            Object.entries(each.strata).map(([value, figures]) => [
              value,
              Object.fromEntries(names.slice(0, 2).map((name) => [name, finite(figures[name].mean)])),
            ]),
          ),
        })),
      };
    },
  };
}

function reportFigure({ mean, deviation }: Spread): ReportFigure {
  return { mean: finite(mean), ...(deviation !== undefined && Number.isFinite(deviation) && { deviation }) };
}

/** JSON has no NaN. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function openAll(
  context: StepContext,
  handles: readonly ArtifactHandle<Predictions>[],
): Promise<readonly Artifact<Predictions>[]> {
  return Promise.all(handles.map((handle) => context.open(handle)));
}

async function judgeAll(
  context: StepContext,
  opened: readonly Artifact<Predictions>[],
  metrics: readonly NamedMetric[],
  { protocol, batch, by }: ReportOptions,
): Promise<JudgedPredictions[]> {
  const judged: JudgedPredictions[] = [];
  let done = 0;
  for (const predictions of opened) {
    const onPatch = () => context.progress({ unit: "patch", current: ++done });
    judged.push(await judgePredictions(predictions, metrics, { kind: protocol, batch }, by, onPatch));
  }
  return judged;
}

async function openModels(context: StepContext, handles: ReportOptions["models"]): Promise<NamedModel[]> {
  if (handles === undefined) return [];
  const models: NamedModel[] = [];
  for (const handle of listOfHandles(handles)) {
    const { value, axes } = await context.open(handle);
    models.push({ name: Object.values(axes).join(", ") || value.title, model: value });
  }
  return models;
}
