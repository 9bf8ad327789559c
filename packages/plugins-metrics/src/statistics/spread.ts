/** Mean over folds and, from two folds on, the sample standard deviation over folds. */
export interface Spread {
  readonly mean: number;
  readonly deviation?: number;
  readonly folds: number;
}

/** Mean and sample standard deviation (n − 1) of a figure over folds; folds where it is undefined (NaN) are left out. */
export function spread(values: readonly number[]): Spread {
  const defined = values.filter((value) => !Number.isNaN(value));
  const mean = meanOf(defined);
  if (defined.length < 2) return { mean, folds: defined.length };
  const squares = defined.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (defined.length - 1)), folds: defined.length };
}

/** NaN of nothing. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
