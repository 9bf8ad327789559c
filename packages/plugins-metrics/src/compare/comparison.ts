import { EosinError, nearestName, type RunProvenance } from "@eosin/plugin-api";
import { type PublishedRow, paperSource, paperTable1 } from "../judging/paper-table.js";
import type { PredictorSummary } from "../judging/summary.js";
import { createMetrics, type MetricColumn, type NamedMetric } from "../metrics/named-metric.js";
import { createOwnMetric } from "../metrics/own-metrics.js";
import { defaultLevel, defaultResamples } from "../statistics/bootstrap-interval.js";
import type { Contender, DifferingSetting } from "./contender.js";
import { type JudgedContender, judgeContender } from "./judged-contender.js";
import { type PairedDifference, pairedDifferences } from "./paired-difference.js";

/** Everything that the table and the page say, as `--json` prints it. */
export interface Comparison {
  readonly metrics: readonly MetricColumn[];
  readonly reference: string;
  readonly contenders: readonly {
    readonly name: string;
    readonly run: string;
    readonly summary: PredictorSummary;
    readonly missing: readonly string[];
    /** `summary.folds[].instance` names one of its steps. */
    readonly provenance: RunProvenance;
  }[];
  readonly differences: readonly PairedDifference[];
  readonly settings: readonly DifferingSetting[];
  readonly published: { readonly source: string; readonly rows: readonly PublishedRow[] };
  readonly method: {
    readonly figures: string;
    readonly interval: string;
    readonly test: string;
    readonly correction: string;
    readonly seed: number;
  };
}

export interface ComparisonRequest {
  readonly contenders: readonly Contender[];
  readonly settings: readonly DifferingSetting[];
  /** The first unless said: a contender's name. */
  readonly reference?: string;
  /** What predictions are judged by, the first ranks them; Dice and IoU unless said. */
  readonly metrics?: readonly NamedMetric[];
  /** Of the bootstrap. */
  readonly seed: number;
  onPatch?(): void;
}

/** The comparison, and the judged predictions that its pictures are drawn from. */
export interface Compared {
  readonly comparison: Comparison;
  readonly judged: readonly JudgedContender[];
}

const usualMetrics = ["dice", "iou"].map((name) => ({ kind: "metric", uses: `metrics/${name}`, with: {} }));

/** What is drawn, ranked and counted, in words. */
const imageCases = { drawn: "images", ranked: "", counted: "images" };
const groupedCases = {
  drawn: "images, drawn by whole groups",
  ranked: " of the mean difference of each group",
  counted: "groups",
};

/** @throws EosinError `UNKNOWN_REFERENCE`, `NOTHING_TO_COMPARE`, `NOTHING_IN_COMMON` */
export async function compareContenders(request: ComparisonRequest): Promise<Compared> {
  const { contenders, settings, seed, onPatch = () => {} } = request;
  requireTwo(contenders);
  const judged: JudgedContender[] = [];
  const metrics = request.metrics ?? (await createMetrics(usualMetrics, createOwnMetric));
  for (const contender of contenders) judged.push(await judgeContender(contender, metrics, onPatch));
  const reference = referenceOf(judged, request.reference);
  const differences = pairedDifferences(judged, reference, metrics, { seed });
  const cases = differences.some(({ groups }) => groups !== undefined) ? groupedCases : imageCases;
  const comparison: Comparison = {
    metrics: metrics.map(({ name, higherIsBetter }) => ({ name, higherIsBetter })),
    reference: reference.name,
    contenders: judged.map(({ name, run, summary, missing, provenance }) => ({
      name,
      run,
      summary,
      missing,
      provenance,
    })),
    differences,
    settings,
    published: { source: paperSource, rows: paperTable1 },
    method: {
      figures: "mean over patches, then mean ± sample standard deviation over folds",
      interval: `${100 * defaultLevel} % percentile bootstrap of the mean difference over ${cases.drawn}, ${defaultResamples} resamples (Philox)`,
      test: `Wilcoxon signed-rank${cases.ranked}, two-sided, zero differences dropped; exact up to 50 ${cases.counted} without ties, else normal with tie and continuity correction`,
      correction: "Holm over all compared with the reference, each metric by itself",
      seed,
    },
  };
  return { comparison, judged };
}

function requireTwo(contenders: readonly Contender[]): void {
  const stored = contenders.filter(({ members }) => members.length > 0);
  if (contenders.length >= 2 && stored.length >= 1) return;
  throw new EosinError({
    code: "NOTHING_TO_COMPARE",
    message: "A comparison needs two predictors with stored predictions.",
    expected: "two runs, or one run of a sweep",
    found:
      contenders.length === 0
        ? "none"
        : contenders.map(({ name, members }) => `${name} (${members.length} folds)`).join(", "),
    next: "pipe compare RUN RUN, or --baselines to compare a run with its own baselines.",
  });
}

function referenceOf(judged: readonly JudgedContender[], name: string | undefined): JudgedContender {
  const names = judged.map((each) => each.name);
  const found = name === undefined ? judged[0] : judged.find((each) => each.name === name);
  if (found && found.judged.length > 0) return found;
  throw new EosinError({
    code: "UNKNOWN_REFERENCE",
    message: found ? `${found.name} has no stored predictions to compare with.` : `Nothing here is called ${name}.`,
    place: "--reference",
    expected: `one of ${judged
      .filter((each) => each.judged.length > 0)
      .map((each) => each.name)
      .join(", ")}`,
    found: name ?? found?.name,
    didYouMean: name === undefined || found ? undefined : nearestName(name, names),
  });
}
