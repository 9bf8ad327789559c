import { createRng } from "@eosin/plugin-api";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions {
  readonly seed: number;
  /** How many times the values are drawn again. */
  readonly resamples?: number;
  /** Share of the resampled means inside the interval. */
  readonly level?: number;
}

export const defaultResamples = 10_000;
export const defaultLevel = 0.95;

/**
 * The percentile bootstrap interval (Efron 1979) of a mean: the values are drawn with replacement, and the quantiles of
 * the means are taken (linear between order statistics, as NumPy's `percentile`). The draws depend on the seed and the
 * number of values alone (Philox), so that two figures of the same images are judged on the same draws.
 * @param values One an image; finite. NaN bounds without any.
 */
export function bootstrapInterval(
  values: readonly number[],
  { seed, resamples = defaultResamples, level = defaultLevel }: BootstrapOptions,
): Interval {
  if (values.length === 0) return { low: Number.NaN, high: Number.NaN };
  const rng = createRng("bootstrap", seed, values.length);
  const means = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += values[rng.integer(values.length)];
    means[resample] = sum / values.length;
  }
  means.sort();
  return { low: quantile(means, (1 - level) / 2), high: quantile(means, (1 + level) / 2) };
}

/** @param sorted Ascending. @param share 0…1 */
export function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}
