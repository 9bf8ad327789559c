import {
  type Artifact,
  type ArtifactHandle,
  type ComponentContext,
  listOfHandles,
  type StepComponent,
  type StepContext,
} from "@eosin/plugin-api";
import type { Predictions } from "@eosin/plugin-api/imaging";
import type { Metric, TrainedModel } from "@eosin/plugin-api/learning";
import { chooseCases } from "./cases.js";
import type { ReportOptions } from "./definition.js";
import { summarizeFallbacks } from "./fallbacks.js";
import { diceCurves, lossCurves, type NamedModel } from "./figures/learning-curves.js";
import { patchStrip } from "./figures/patch-strip.js";
import { numericAxis, sweepCurve } from "./figures/sweep-curve.js";
import { bestOf, reportPage } from "./html/page.js";
import { type JudgedPredictions, judgePredictions, type NamedMetric } from "./judge.js";
import { paperSource, paperTable1 } from "./paper-table.js";
import { patchesCsv } from "./patches-csv.js";
import { type Results, reportProvenance } from "./results.js";
import { openStainSection } from "./stain-section.js";
import { groupByPredictor, type PredictorSummary, summarize } from "./summary.js";

/** More models than this make a plot that nobody can read: the sweep's curve stands for them. */
const mostCurves = 8;

export function createSegmentationReport(component: ComponentContext<ReportOptions>): StepComponent {
  const { options } = component;
  return {
    async run(context) {
      const metrics = await createMetrics(component);
      const names = metrics.map(({ name }) => name);
      const judged = await judgeAll(context, listOfHandles(options.predictions), metrics, options);
      const rivals = await judgeAll(context, options.baselines.flatMap(listOfHandles), metrics, options);
      const groups = groupByPredictor(judged);
      const baselineGroups = groupByPredictor(rivals);
      const results: Results = {
        protocol: { kind: options.protocol, batch: options.batch },
        metrics: names,
        predictors: groups.map((group) => summarize(group, names)),
        baselines: baselineGroups.map((group) => summarize(group, names)),
        published: options.compare === "paper-table-1" ? { source: paperSource, rows: paperTable1 } : undefined,
        fallbacks: summarizeFallbacks([...judged, ...rivals].map(({ artifact }) => artifact.value)),
        missing: context.missing ?? [],
        provenance: reportProvenance(context.provenance),
      };
      const best = bestOf(results.predictors, names[0]) as PredictorSummary;
      const bestGroup = groups[results.predictors.indexOf(best)];
      const models = await openModels(context, options.models);
      const axis = numericAxis(results.predictors);
      const html = reportPage({
        results,
        cases: await chooseCases(bestGroup, names[0], options.cases),
        casesOf: best.title,
        curves: models.length > 0 && models.length <= mostCurves ? [lossCurves(models), diceCurves(models)] : [],
        sweep: axis === undefined ? undefined : sweepCurve(results.predictors, axis, names.slice(0, 2)),
        strip: patchStrip(
          bestGroup.members.flatMap((member) =>
            member.patches.map(({ domain, figures }) => ({ domain, value: figures[names[0]] })),
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
          figures: Object.fromEntries(names.slice(0, 2).map((name) => [name, { ...each.overall[name] }])),
          byDomain: Object.fromEntries(
            Object.entries(each.byDomain).map(([domain, figures]) => [
              domain,
              Object.fromEntries(names.slice(0, 2).map((name) => [name, finite(figures[name].mean)])),
            ]),
          ),
        })),
      };
    },
  };
}

/** JSON has no NaN. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

async function createMetrics({ options, create }: ComponentContext<ReportOptions>): Promise<NamedMetric[]> {
  return Promise.all(
    options.metrics.map(async (spec) => ({
      name: spec.uses.slice(spec.uses.lastIndexOf("/") + 1),
      metric: await create<Metric>(spec),
    })),
  );
}

async function judgeAll(
  context: StepContext,
  handles: readonly ArtifactHandle<"predictions">[],
  metrics: readonly NamedMetric[],
  { protocol, batch }: ReportOptions,
): Promise<JudgedPredictions[]> {
  const judged: JudgedPredictions[] = [];
  let done = 0;
  for (const handle of handles) {
    const predictions: Artifact<Predictions> = await context.open<Predictions>(handle);
    const onPatch = () => context.progress({ unit: "patch", current: ++done });
    judged.push(await judgePredictions(predictions, metrics, { kind: protocol, batch }, onPatch));
  }
  return judged;
}

async function openModels(context: StepContext, handles: ReportOptions["models"]): Promise<NamedModel[]> {
  if (handles === undefined) return [];
  const models: NamedModel[] = [];
  for (const handle of listOfHandles(handles)) {
    const { value, axes } = await context.open<TrainedModel>(handle);
    models.push({ name: Object.values(axes).join(", ") || value.title, model: value });
  }
  return models;
}
