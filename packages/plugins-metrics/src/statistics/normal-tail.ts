/** From here on the continued fraction has converged to double precision; below, the series has. */
const seriesEnds = 3;

/**
 * P(Z > z) of a standard normal Z, z ≥ 0, to about 1e-13 of itself: the tail is not 1 − Φ(z), so that small p-values
 * keep their digits. Series and continued fraction as in Abramowitz & Stegun, 26.2.11 and 26.2.14.
 */
export function normalTail(z: number): number {
  const density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
  if (z < seriesEnds) {
    let term = z;
    let sum = z;
    for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
      term *= (z * z) / k;
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = z;
  for (let k = 120; k >= 1; k--) fraction = z + k / fraction;
  return density / fraction;
}
