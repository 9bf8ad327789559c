/** ‖a − b‖ / ‖b‖ */
export function relativeError(values: ArrayLike<number>, expected: ArrayLike<number>): number {
  let difference = 0;
  let size = 0;
  for (let i = 0; i < expected.length; i++) {
    difference += (values[i] - expected[i]) ** 2;
    size += expected[i] ** 2;
  }
  return Math.sqrt(difference / size);
}

export function norm(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ** 2;
  return Math.sqrt(sum);
}

/**
 * Relative errors of gradient norms. A bias before another batch normalisation has the gradient zero but for rounding:
 * below 1e-4 of the largest norm (real ones are above) the error is taken relative to that.
 */
export function gradientNormErrors(
  norms: ReadonlyMap<string, number>,
  expected: { readonly [name: string]: number },
): number[] {
  const floor = 1e-4 * Math.max(...Object.values(expected));
  return Object.entries(expected).map(([name, value]) => {
    const error = Math.abs((norms.get(name) ?? 0) - value) / Math.max(value, floor);
    if (error > 0.005 && process.env.EOSIN_GOLDEN) console.log(name, value, norms.get(name));
    return error;
  });
}

/** Golden errors are figures of the project's notes: `EOSIN_GOLDEN=1` prints them. */
export function report(what: string, errors: readonly number[]): void {
  if (process.env.EOSIN_GOLDEN) console.log(what, errors.map((error) => error.toExponential(1)).join(" "));
}
