import { coefficientsOf, type DensitySource } from "./density-source.js";
import type { Recomposition } from "./recolour.js";
import { solveTwoAtomLasso, solveTwoAtoms } from "./two-atom-lasso.js";

/** Float64 twin of the kernels: two densities a pixel, haematoxylin first. */
export function densitiesInDoubles(rgb: Uint8Array, source: DensitySource): Float64Array {
  const lasso = coefficientsOf(source);
  const solve = source.solver === "sparse" ? solveTwoAtomLasso : solveTwoAtoms;
  const table = source.opticalDensity;
  const densities = new Float64Array((2 * rgb.length) / 3);
  for (let at = 0, to = 0; at + 2 < rgb.length; at += 3, to += 2) {
    densities.set(solve(lasso, [table[rgb[at]], table[rgb[at + 1]], table[rgb[at + 2]]]), to);
  }
  return densities;
}

/** Float64 twin of the kernels. */
export function recolourInDoubles(rgb: Uint8Array, source: DensitySource, how: Recomposition): Uint8Array {
  const { matrix, white, scale = [1, 1], shift = [0, 0], rounding, tissue } = how;
  const densities = densitiesInDoubles(rgb, source);
  const least = source.solver === "sparse" ? 0 : Number.NEGATIVE_INFINITY;
  const out = rgb.slice();
  for (let at = 0, from = 0; at + 2 < rgb.length; at += 3, from += 2) {
    const told = [0, 1, 2].reduce((sum, c) => sum + (tissue?.contribution(c, rgb[at + c]) ?? 0), 0);
    if (tissue && told >= tissue.threshold) continue;
    const h = Math.max(least, densities[from] * scale[0] + shift[0]);
    const e = Math.max(least, densities[from + 1] * scale[1] + shift[1]);
    for (let c = 0; c < 3; c++) {
      const light = white * Math.exp(-h * matrix[0][c] - e * matrix[1][c]);
      out[at + c] = Math.min(255, Math.trunc(light + (rounding === "nearest" ? 0.5 : 0)));
    }
  }
  return out;
}
