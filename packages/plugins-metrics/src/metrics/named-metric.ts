import type { ComponentSpec } from "@eosin/plugin-api";
import type { JudgedPixels, Metric } from "@eosin/plugin-api/learning";

/** What tables, pages and rankings know of a metric. */
export interface MetricColumn {
  /** `dice`; unique among the metrics of a report. */
  readonly name: string;
  readonly higherIsBetter: boolean;
}

export interface NamedMetric extends MetricColumn {
  readonly metric: Metric;
}

/**
 * Creates metrics under the names of their columns: the last part of their types, and their options where two would be
 * called the same.
 * @param create As `ComponentContext.create`.
 */
export async function createMetrics(
  specs: readonly ComponentSpec<Metric>[],
  create: (spec: ComponentSpec<Metric>) => Promise<Metric>,
): Promise<NamedMetric[]> {
  const names = namesOf(specs);
  return Promise.all(
    specs.map(async (spec, index) => {
      const metric = await create(spec);
      return { name: names[index], higherIsBetter: metric.higherIsBetter, metric };
    }),
  );
}

function namesOf(specs: readonly ComponentSpec[]): readonly string[] {
  const short = specs.map(({ uses }) => uses.slice(uses.lastIndexOf("/") + 1));
  return specs.map((spec, index) => {
    if (short.indexOf(short[index]) === short.lastIndexOf(short[index])) return short[index];
    const options = Object.entries(spec.with ?? {}).map(([key, value]) => `${key} ${JSON.stringify(value)}`);
    return [short[index], ...options].join(" ");
  });
}

/** Compares figures for sorting: the best first, undefined ones (NaN) last. */
export function bestFirst({ higherIsBetter }: MetricColumn): (one: number, other: number) => number {
  return (one, other) => {
    if (Number.isNaN(one) || Number.isNaN(other)) return Number(Number.isNaN(one)) - Number(Number.isNaN(other));
    return higherIsBetter ? other - one : one - other;
  };
}

/** Whether no prediction could score better: the figure is at least as good as that of the truth itself. */
export function isPerfect({ metric, higherIsBetter }: NamedMetric, { truth }: JudgedPixels, figure: number): boolean {
  if (Number.isNaN(figure)) return false;
  const best = metric.measure({ truth, prediction: truth, probability: Float32Array.from(truth) });
  return higherIsBetter ? figure >= best : figure <= best;
}
