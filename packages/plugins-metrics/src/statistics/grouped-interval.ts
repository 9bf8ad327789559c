import { createRng } from "@eosin/plugin-api";
import {
  type BootstrapOptions,
  defaultLevel,
  defaultResamples,
  type Interval,
  quantile,
} from "./bootstrap-interval.js";
import { meanOf } from "./spread.js";

/**
 * As `bootstrapInterval`, for values that come in groups (patches of a patient): whole groups are drawn with
 * replacement, and the mean is that of all values drawn (Davison & Hinkley 1997, section 3.8). Values of one group are
 * alike; drawn one by one they would pass for more evidence than they are, and the interval would be too narrow.
 * @param groups One a value.
 */
export function groupedInterval(
  values: readonly number[],
  groups: readonly string[],
  { seed, resamples = defaultResamples, level = defaultLevel }: BootstrapOptions,
): Interval {
  if (values.length === 0) return { low: Number.NaN, high: Number.NaN };
  const totals = [...collect(values, groups).values()].map((members) => ({
    sum: members.reduce((sum, value) => sum + value, 0),
    count: members.length,
  }));
  const rng = createRng("bootstrap", seed, totals.length);
  const means = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    let sum = 0;
    let count = 0;
    for (let i = 0; i < totals.length; i++) {
      const drawn = totals[rng.integer(totals.length)];
      sum += drawn.sum;
      count += drawn.count;
    }
    means[resample] = sum / count;
  }
  means.sort();
  return { low: quantile(means, (1 - level) / 2), high: quantile(means, (1 + level) / 2) };
}

/** The mean of each group, in the order in which they first appear. */
export function groupMeans(values: readonly number[], groups: readonly string[]): readonly number[] {
  return [...collect(values, groups).values()].map((members) => meanOf(members));
}

function collect(values: readonly number[], groups: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const collected = new Map<string, number[]>();
  values.forEach((value, index) => {
    const members = collected.get(groups[index]);
    if (members) members.push(value);
    else collected.set(groups[index], [value]);
  });
  return collected;
}
