import type { StainMatrix } from "../separation/stain-matrix.js";
import { twoAtomLasso } from "../separation/two-atom-lasso.js";

/**
 * Densities by least squares, which may be negative: the lasso's unconstrained solution at λ = 0.
 * @param densities Receives two values a pixel, haematoxylin first.
 */
export function leastSquaresDensities(
  rgb: Uint8Array,
  opticalDensity: Float64Array,
  matrix: StainMatrix,
  densities: Float64Array,
): void {
  const { first, second } = twoAtomLasso(matrix, 0);
  const [a, b, c] = first;
  const [d, e, f] = second;
  for (let at = 0, to = 0; at + 2 < rgb.length; at += 3, to += 2) {
    const red = opticalDensity[rgb[at]];
    const green = opticalDensity[rgb[at + 1]];
    const blue = opticalDensity[rgb[at + 2]];
    densities[to] = a * red + b * green + c * blue;
    densities[to + 1] = d * red + e * green + f * blue;
  }
}
