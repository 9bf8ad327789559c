import type { MetricColumn } from "../metrics/named-metric.js";
import { groupedInterval, type Interval } from "../statistics/index.js";
import { type Spread, spread } from "../statistics/spread.js";
import { groupKeys } from "./group-keys.js";
import { type Figures, type JudgedPredictions, type JudgedUnit, unjudgedOf } from "./judge.js";

export interface FoldSummary {
  readonly split: string;
  /** The instance whose predictions these are: `provenance.steps` says what made it. */
  readonly instance: string;
  readonly patches: number;
  /** Patches whose pixels are all ignored, and whose figures are undefined; absent without any. */
  readonly unjudged?: number;
  readonly figures: Figures;
}

/** The patches of all folds together, by group. */
export interface GroupSummary {
  readonly groups: number;
  readonly patches: number;
  /** Of the mean over patches, by metric: whole groups are drawn. */
  readonly intervals: { readonly [metric: string]: Interval };
}

/** What one predictor reached: a row of the report's tables. */
export interface PredictorSummary {
  /** `multi-task U-Net, tiny, α 0.3` */
  readonly title: string;
  readonly role: "network" | "baseline";
  /** The axes that set it apart from its siblings in a sweep, e.g. `{ alpha: "0.3" }`. */
  readonly axes: { readonly [axis: string]: string };
  readonly trainedOn: readonly string[];
  /** Where patches have groups: how many, and what resampling whole groups says. */
  readonly groups?: GroupSummary;
  readonly folds: readonly FoldSummary[];
  readonly overall: { readonly [metric: string]: Spread };
  /** By domain, or by another attribute of the samples. */
  readonly strata: { readonly [value: string]: { readonly [metric: string]: Spread } };
}

/** Predictions that belong together: one predictor at one point of a sweep, over its folds. */
export interface PredictorGroup {
  readonly title: string;
  readonly role: "network" | "baseline";
  readonly axes: { readonly [axis: string]: string };
  readonly members: readonly JudgedPredictions[];
}

/** Groups predictions by predictor and by every axis but the fold's. */
export function groupByPredictor(judged: readonly JudgedPredictions[]): PredictorGroup[] {
  const groups = new Map<string, PredictorGroup & { members: JudgedPredictions[] }>();
  for (const each of judged) {
    const { predictor, role, split } = each.artifact.value;
    const axes = Object.fromEntries(Object.entries(each.artifact.axes).filter(([, key]) => key !== split));
    const key = JSON.stringify([role, axes, Object.keys(axes).length > 0 ? "" : predictor]);
    const group = groups.get(key);
    if (group) group.members.push(each);
    else groups.set(key, { title: predictor, role, axes, members: [each] });
  }
  return withDistinctTitles([...groups.values()]);
}

/** Points of a sweep whose predictors are titled alike are told apart by their axes: `U-Net, encoder tiny`. */
function withDistinctTitles(groups: readonly PredictorGroup[]): PredictorGroup[] {
  return groups.map((group) => {
    const axes = Object.entries(group.axes).map(([axis, key]) => `${axis} ${key}`);
    const alone = groups.filter((other) => other.title === group.title).length === 1;
    return alone || axes.length === 0 ? group : { ...group, title: `${group.title}, ${axes.join(", ")}` };
  });
}

export function summarize(group: PredictorGroup, columns: readonly MetricColumn[]): PredictorSummary {
  const metrics = columns.map(({ name }) => name);
  const strata = [...new Set(group.members.flatMap((each) => each.patches.map(({ stratum }) => stratum)))];
  const spreads = (unitsOf: (member: JudgedPredictions) => readonly JudgedUnit[]) =>
    Object.fromEntries(
      metrics.map((metric) => [metric, spread(group.members.map((each) => meanOf(unitsOf(each), metric)))]),
    );
  return {
    title: group.title,
    role: group.role,
    axes: group.axes,
    trainedOn: [...new Set(group.members.flatMap((each) => each.artifact.value.trainedOn))].sort(),
    ...groupSummary(group, metrics),
    folds: group.members.map((each) => ({
      split: each.artifact.value.split,
      instance: each.artifact.instance,
      patches: each.patches.length,
      ...(unjudgedOf(each) > 0 && { unjudged: unjudgedOf(each) }),
      figures: Object.fromEntries(metrics.map((metric) => [metric, meanOf(each.units, metric)])),
    })),
    overall: spreads((each) => each.units),
    strata: Object.fromEntries(
      strata.map((value) => [value, spreads((each) => each.stratumUnits.filter(({ stratum }) => stratum === value))]),
    ),
  };
}

/** Empty where no patch has a group: what then varies is said over folds alone. */
function groupSummary({ members }: PredictorGroup, metrics: readonly string[]): Pick<PredictorSummary, "groups"> {
  const patches = members.flatMap((each) => each.patches);
  const keys = groupKeys(patches.map(({ ids: [id], group }) => ({ id, group })));
  if (!keys) return {};
  const intervalOf = (metric: string) => {
    const defined = patches.map((patch, index) => [patch.figures[metric], keys[index]] as const);
    const kept = defined.filter(([value]) => !Number.isNaN(value));
    const values = kept.map(([value]) => value);
    return groupedInterval(
      values,
      kept.map(([, key]) => key),
      { seed: INTERVAL_SEED },
    );
  };
  return {
    groups: {
      groups: new Set(keys).size,
      patches: patches.length,
      intervals: Object.fromEntries(metrics.map((metric) => [metric, intervalOf(metric)])),
    },
  };
}

/** One for all reports: an interval is a figure of the predictions, not of the run's seed. */
const INTERVAL_SEED = 0;

/** What tables say of folds with patches of which no pixel counts, in words; nothing where there are none. */
export function unjudgedSentence(summaries: readonly PredictorSummary[]): string {
  const folds = summaries.flatMap((each) => each.folds);
  const most = new Map<string, number>();
  for (const { split, unjudged = 0 } of folds) most.set(split, Math.max(unjudged, most.get(split) ?? 0));
  const named = [...most].flatMap(([split, count]) => (count > 0 ? [`${count} in ${split}`] : []));
  return named.length === 0
    ? ""
    : ` Patches whose pixels are all ignored have no figures, and means leave them out: ${named.join(", ")}.`;
}

/** The mean over the units for which the metric is defined; NaN where it is for none. */
export function meanOf(units: readonly JudgedUnit[], metric: string): number {
  const defined = units.map((unit) => unit.figures[metric]).filter((value) => !Number.isNaN(value));
  return defined.reduce((sum, value) => sum + value, 0) / defined.length;
}
