import { sparseDensities } from "../separation/densities.js";
import { opticalDensityTable } from "../separation/optical-density.js";
import type { StainMatrix } from "../separation/stain-matrix.js";
import { shareOf, tissueMask } from "../separation/tissue.js";
import { tooLittleTissue, type Unsuitable } from "../separation/unsuitable.js";
import { leastSquaresDensities } from "./least-squares.js";

/** What two widely used codes do differently. */
export interface MacenkoForm {
  /** The level of a pixel without stain. */
  readonly white: number;
  /** @returns Optical densities of the tissue pixels, three a pixel. */
  tissue(rgb: Uint8Array): Float64Array | Unsuitable;
  densities(rgb: Uint8Array, matrix: StainMatrix, into: Float64Array): void;
}

const clippedOpticalDensity = opticalDensityTable().map((density) => Math.max(density, 1e-6));
const shiftedOpticalDensity = Float64Array.from({ length: 256 }, (_, v) => -Math.log((v + 1) / 240));
const FAINTEST = 0.15;

export const macenkoForms: { readonly [form in "staintools" | "torchstain"]: MacenkoForm } = {
  staintools: {
    white: 255,
    tissue: (rgb) => gather(rgb, tissueMask(rgb), clippedOpticalDensity),
    densities: (rgb, matrix, into) => sparseDensities(rgb, clippedOpticalDensity, matrix, into),
  },
  torchstain: {
    white: 240,
    tissue: (rgb) => gather(rgb, stainedMask(rgb), shiftedOpticalDensity),
    densities: (rgb, matrix, into) => leastSquaresDensities(rgb, shiftedOpticalDensity, matrix, into),
  },
};

/** Pixels that are dense in all three channels. */
function stainedMask(rgb: Uint8Array): Uint8Array {
  const dense = shiftedOpticalDensity.map((density) => (density < FAINTEST ? 0 : 1));
  return Uint8Array.from(
    { length: rgb.length / 3 },
    (_, i) => dense[rgb[3 * i]] * dense[rgb[3 * i + 1]] * dense[rgb[3 * i + 2]],
  );
}

function gather(rgb: Uint8Array, mask: Uint8Array, opticalDensity: Float64Array): Float64Array | Unsuitable {
  const share = shareOf(mask);
  const tooLittle = tooLittleTissue(share);
  if (tooLittle) return tooLittle;
  const densities = new Float64Array(3 * Math.round(share * mask.length));
  let to = 0;
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === 0) continue;
    densities[to++] = opticalDensity[rgb[3 * i]];
    densities[to++] = opticalDensity[rgb[3 * i + 1]];
    densities[to++] = opticalDensity[rgb[3 * i + 2]];
  }
  return densities;
}
