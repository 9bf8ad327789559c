import { transmittance } from "./optical-density.js";
import type { StainMatrix } from "./stain-matrix.js";
import { type TwoAtomLasso, twoAtomLasso } from "./two-atom-lasso.js";

/** Weight of the L1 term when densities are measured (the paper's code, StainTools). */
export const DENSITY_LAMBDA = 0.01;

/**
 * Sparse non-negative densities of every pixel: the two-atom lasso, with each byte's contribution to both
 * coefficients in a table, so that no logarithm is taken.
 * @param rgb Interleaved bytes.
 * @param opticalDensity Of each byte.
 * @param densities Receives two values a pixel, haematoxylin first.
 */
export function sparseDensities(
  rgb: Uint8Array,
  opticalDensity: Float64Array,
  matrix: StainMatrix,
  densities: Float32Array | Float64Array,
  lambda = DENSITY_LAMBDA,
): void {
  const lasso = twoAtomLasso(matrix, lambda);
  const red = contributions(lasso, 0, opticalDensity);
  const green = contributions(lasso, 1, opticalDensity);
  const blue = contributions(lasso, 2, opticalDensity);
  const { firstShare, secondShare } = lasso;
  for (let at = 0, to = 0; at + 2 < rgb.length; at += 3, to += 2) {
    const r = rgb[at] << 1;
    const g = rgb[at + 1] << 1;
    const b = rgb[at + 2] << 1;
    let u = red[r] + green[g] + blue[b];
    let v = red[r + 1] + green[g + 1] + blue[b + 1];
    if (u < 0) {
      v += secondShare * u;
      u = 0;
      if (v < 0) v = 0;
    } else if (v < 0) {
      u += firstShare * v;
      v = 0;
      if (u < 0) u = 0;
    }
    densities[to] = u;
    densities[to + 1] = v;
  }
}

/** For each byte of a channel, what it adds to both coefficients; the offsets ride with red. */
function contributions(lasso: TwoAtomLasso, channel: 0 | 1 | 2, opticalDensity: Float64Array): Float64Array {
  const table = new Float64Array(512);
  for (let v = 0; v < 256; v++) {
    table[2 * v] = lasso.first[channel] * opticalDensity[v] + (channel === 0 ? lasso.firstOffset : 0);
    table[2 * v + 1] = lasso.second[channel] * opticalDensity[v] + (channel === 0 ? lasso.secondOffset : 0);
  }
  return table;
}

export interface Recomposition {
  readonly matrix: StainMatrix;
  /** The level of a pixel without stain, 1…255. */
  readonly white: number;
  /** Multiplies each stain's densities; 1 unless given. */
  readonly scale?: readonly [number, number];
  /** Added to each stain's densities after the scale; 0 unless given. */
  readonly shift?: readonly [number, number];
  /** Negative densities brighten; they count as 0 otherwise. */
  readonly signed?: boolean;
  /** Toward zero, as the peers cast to bytes, or to the nearest byte. */
  readonly rounding: "truncate" | "nearest";
  /** Only where this is 1; the other pixels of `rgb` stay as they are. */
  readonly mask?: Uint8Array;
}

/** Beer–Lambert backwards: white · exp(−C·M) for every pixel, capped at 255. Writes interleaved bytes into `rgb`. */
export function recompose(densities: Float32Array | Float64Array, how: Recomposition, rgb: Uint8Array): void {
  const [[hr, hg, hb], [er, eg, eb]] = how.matrix;
  const [hScale, eScale] = how.scale ?? [1, 1];
  const [hShift, eShift] = how.shift ?? [0, 0];
  const { white, mask } = how;
  const least = how.signed ? Number.NEGATIVE_INFINITY : 0;
  const bias = how.rounding === "nearest" ? 0.5 : 0;
  for (let pixel = 0, from = 0, to = 0; from < densities.length; pixel++, from += 2, to += 3) {
    if (mask !== undefined && mask[pixel] === 0) continue;
    const h = Math.max(least, densities[from] * hScale + hShift);
    const e = Math.max(least, densities[from + 1] * eScale + eShift);
    rgb[to] = level(white * opened(h * hr + e * er) + bias);
    rgb[to + 1] = level(white * opened(h * hg + e * eg) + bias);
    rgb[to + 2] = level(white * opened(h * hb + e * eb) + bias);
  }
}

/** Macenko's vectors may hold slightly negative entries, and least squares gives negative densities. */
function opened(density: number): number {
  return density < 0 ? Math.exp(-density) : transmittance(density);
}

function level(value: number): number {
  return Math.min(value, 255);
}
