import { percentile } from "./percentile.js";
import { areDistinct, orderedStains, type StainMatrix, type StainVector } from "./stain-matrix.js";
import { symmetricEigen } from "./symmetric-eigen.js";
import type { Unsuitable } from "./unsuitable.js";

/** The second eigenvalue over the first below which the densities lie on a line. */
const LEAST_SPREAD = 1e-6;

const oneStain: Unsuitable = { unsuitable: "one stain explains all of it" };

/**
 * Macenko 2009: the stain vectors are the extreme directions of the tissue's optical densities within their plane of
 * largest variance.
 * @param densities Optical densities of the tissue pixels, three a pixel.
 * @param extreme Percentile of the angles at either end, e.g. 1.
 */
export function estimateMacenko(densities: Float64Array, extreme = 1): StainMatrix | Unsuitable {
  const count = densities.length / 3;
  const [first, second] = symmetricEigen(covariance(densities));
  if (count < 3 || !(second.value > LEAST_SPREAD * first.value)) {
    return oneStain;
  }
  const along = withPositiveRed(first.vector);
  const across = withPositiveRed(second.vector);
  const angles = new Float64Array(count);
  for (let i = 0, at = 0; i < count; i++, at += 3) {
    const x = densities[at] * along[0] + densities[at + 1] * along[1] + densities[at + 2] * along[2];
    const y = densities[at] * across[0] + densities[at + 1] * across[1] + densities[at + 2] * across[2];
    angles[i] = Math.atan2(y, x);
  }
  const direction = (angle: number): StainVector => {
    const c = Math.cos(angle);
    const s = Math.sin(angle);
    return [along[0] * c + across[0] * s, along[1] * c + across[1] * s, along[2] * c + across[2] * s];
  };
  const low = direction(percentile(angles, extreme));
  const high = direction(percentile(angles, 100 - extreme));
  return areDistinct(low, high) ? orderedStains(low, high) : oneStain;
}

function withPositiveRed([r, g, b]: StainVector): StainVector {
  return r < 0 ? [-r, -g, -b] : [r, g, b];
}

function covariance(points: Float64Array) {
  const count = points.length / 3;
  let mr = 0;
  let mg = 0;
  let mb = 0;
  for (let i = 0; i < points.length; i += 3) {
    mr += points[i];
    mg += points[i + 1];
    mb += points[i + 2];
  }
  mr /= count;
  mg /= count;
  mb /= count;
  let rr = 0;
  let rg = 0;
  let rb = 0;
  let gg = 0;
  let gb = 0;
  let bb = 0;
  for (let i = 0; i < points.length; i += 3) {
    const r = points[i] - mr;
    const g = points[i + 1] - mg;
    const b = points[i + 2] - mb;
    rr += r * r;
    rg += r * g;
    rb += r * b;
    gg += g * g;
    gb += g * b;
    bb += b * b;
  }
  const n = count - 1;
  return [
    [rr / n, rg / n, rb / n],
    [rg / n, gg / n, gb / n],
    [rb / n, gb / n, bb / n],
  ] as const;
}
