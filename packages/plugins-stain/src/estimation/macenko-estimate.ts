import { writeByteTable } from "../pixel-kernels/byte-tables.js";
import type { StainKernels } from "../pixel-kernels/kernel-memory.js";
import { clearSums, setParameter, stainKernels, sums } from "../pixel-kernels/stain-kernels.js";
import { forEachStrip } from "../pixel-kernels/strips.js";
import { rankOf } from "../statistics/percentile.js";
import { selectByBrackets } from "./bracketed-selection.js";
import { collectPass, samplePixels } from "./collect-pass.js";
import { areDistinct, orderedStains, type StainMatrix, type StainVector } from "./stain-matrix.js";
import { type Symmetric3, symmetricEigen } from "./symmetric-eigen.js";
import { TISSUE_PARAMETER, type TissueRule } from "./tissue.js";
import { tooLittleTissue, type Unsuitable } from "./unsuitable.js";

/** Percentile of the angles at either end. */
const EXTREME = 1;

/** The second eigenvalue over the first below which the densities lie on a line. */
const LEAST_SPREAD = 1e-6;

export const oneStain: Unsuitable = { unsuitable: "one stain explains all of it" };

/** The plane of largest variance, by two orthogonal unit vectors with positive red. */
export interface StainPlane {
  readonly along: StainVector;
  readonly across: StainVector;
}

/**
 * Macenko 2009: the stain vectors are the extreme directions of the tissue's optical densities within their plane of
 * largest variance. In single precision, within 0.001°.
 * @param opticalDensity Of each byte; none negative in tissue.
 */
export function estimateMacenko(
  rgb: Uint8Array,
  opticalDensity: Float64Array,
  tissue: TissueRule,
): StainMatrix | Unsuitable {
  const kernels = stainKernels();
  const { count, covariance } = measureTissue(kernels, rgb, opticalDensity, tissue);
  const tooLittle = tooLittleTissue(count / (rgb.length / 3));
  if (tooLittle) return tooLittle;
  const plane = planeOf(covariance);
  if (count < 3 || !plane) return oneStain;
  // Otherwise a slope is not an angle: densities without a common direction are not a mixture of stains.
  if (Math.min(...plane.along) < 0) return { unsuitable: "its colours are not those of stained tissue" };
  writeByteTable(kernels, 4, (channel, byte) => {
    const density = opticalDensity[byte];
    return [density * plane.along[channel], density * plane.across[channel], tissue.contribution(channel, byte), 0];
  });
  const ranks = [rankOf(EXTREME, count), rankOf(100 - EXTREME, count)] as const;
  const sample = collectPass(samplePixels(rgb), "collectSlopes");
  const ends = selectByBrackets(ranks, count, sample, collectPass(rgb, "collectSlopes"));
  const [low, high] = ends.map(([slope, next, rest]) => Math.atan(slope) * (1 - rest) + Math.atan(next) * rest);
  return stainsBetween(plane, low, high);
}

/** @returns The plane, where the densities do not lie on a line. */
export function planeOf(covariance: Symmetric3): StainPlane | undefined {
  const [first, second] = symmetricEigen(covariance);
  if (!(second.value > LEAST_SPREAD * first.value)) return undefined;
  return { along: withPositiveRed(first.vector), across: withPositiveRed(second.vector) };
}

/** The stains at two angles in the plane, radians from `along`. */
export function stainsBetween({ along, across }: StainPlane, low: number, high: number): StainMatrix | Unsuitable {
  const direction = (angle: number): StainVector => {
    const c = Math.cos(angle);
    const s = Math.sin(angle);
    return [along[0] * c + across[0] * s, along[1] * c + across[1] * s, along[2] * c + across[2] * s];
  };
  const one = direction(low);
  const other = direction(high);
  return areDistinct(one, other) ? orderedStains(one, other) : oneStain;
}

function withPositiveRed([r, g, b]: StainVector): StainVector {
  return r < 0 ? [-r, -g, -b] : [r, g, b];
}

function measureTissue(kernels: StainKernels, rgb: Uint8Array, opticalDensity: Float64Array, tissue: TissueRule) {
  writeByteTable(kernels, 4, (channel, byte) => {
    const entry = [0, 0, 0, tissue.contribution(channel, byte)];
    entry[channel] = opticalDensity[byte];
    return entry;
  });
  setParameter(kernels, TISSUE_PARAMETER, tissue.threshold);
  clearSums(kernels);
  forEachStrip(kernels, rgb, (pixels) => kernels.run.moments(pixels));
  const [count, r, g, b, rr, rg, rb, gg, gb, bb] = sums(kernels, 10);
  const over = (product: number, one: number, other: number) => (product - (one * other) / count) / (count - 1);
  const covariance: Symmetric3 = [
    [over(rr, r, r), over(rg, r, g), over(rb, r, b)],
    [over(rg, r, g), over(gg, g, g), over(gb, g, b)],
    [over(rb, r, b), over(gb, g, b), over(bb, b, b)],
  ];
  return { count, covariance };
}
