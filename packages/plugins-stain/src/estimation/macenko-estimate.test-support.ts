import { percentile } from "../statistics/percentile.js";
import { oneStain, planeOf, stainsBetween } from "./macenko-estimate.js";
import type { StainMatrix } from "./stain-matrix.js";
import type { Unsuitable } from "./unsuitable.js";

/**
 * The float64 twin of the estimate.
 * @param densities Optical densities of the tissue pixels, three a pixel.
 */
export function estimateMacenkoInDoubles(densities: Float64Array): StainMatrix | Unsuitable {
  const count = densities.length / 3;
  const plane = planeOf(covariance(densities));
  if (count < 3 || !plane) return oneStain;
  const { along, across } = plane;
  const slopes = new Float64Array(count);
  for (let i = 0, at = 0; i < count; i++, at += 3) {
    const x = densities[at] * along[0] + densities[at + 1] * along[1] + densities[at + 2] * along[2];
    const y = densities[at] * across[0] + densities[at + 1] * across[1] + densities[at + 2] * across[2];
    slopes[i] = Math.atan2(y, x);
  }
  return stainsBetween(plane, percentile(slopes, 1), percentile(slopes, 99));
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
