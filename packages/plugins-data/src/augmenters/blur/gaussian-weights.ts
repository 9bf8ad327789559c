/** A Gaussian is cut where it is beyond so many deviations, as SciPy does. */
const TRUNCATE = 4;
/** The kernels' weights are in 32768ths. */
const ONE = 32768;

/** Pixels on either side of the middle. */
export function gaussianRadius(sigma: number): number {
  return Math.floor(TRUNCATE * sigma + 0.5);
}

/**
 * Weights of a sampled Gaussian by distance from the middle, in 32768ths, rounded so that all of them add up to one.
 * @param taps At least the Gaussian's radius; weights beyond it are 0.
 * @param sigma `undefined`: the middle alone.
 */
export function gaussianWeights(sigma: number | undefined, taps: number): Int16Array {
  const weights = new Int16Array(taps + 1);
  let sides = 0;
  if (sigma !== undefined) {
    const radius = gaussianRadius(sigma);
    const heights = Float64Array.from({ length: radius + 1 }, (_, d) => Math.exp((-d * d) / (2 * sigma * sigma)));
    const total = heights.reduce((sum, height) => sum + 2 * height, -heights[0]);
    for (let d = 1; d <= radius; d++) {
      weights[d] = Math.round((ONE * heights[d]) / total);
      sides += 2 * weights[d];
    }
  }
  // 16 bits hold no whole one; products are rounded, and come out the same.
  weights[0] = Math.min(ONE - 1, ONE - sides);
  return weights;
}
