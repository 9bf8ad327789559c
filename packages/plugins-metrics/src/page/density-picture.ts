import type { PredictedPatch } from "../judging/judged-patch.js";

/**
 * Ruifrok & Johnston's stain vectors (2001), haematoxylin, eosin and DAB: only to give the density pictures their
 * colour. Stains beyond these are grey.
 */
const vectors = [
  [0.65, 0.7, 0.29],
  [0.07, 0.99, 0.11],
  [0.27, 0.57, 0.78],
] as const;
const grey = [0.58, 0.58, 0.58] as const;

/**
 * One stain's density as light through that stain alone. A network that reconstructs normalised RGB gives densities in
 * no absolute unit, so the 1st to 99th percentile of the patch is drawn as 0…1.6 optical density.
 * @param stain Counts from 0. @returns (h, w, 3), 0…255
 */
export function densityPicture(
  { data, stains }: NonNullable<PredictedPatch["density"]>,
  stain: number,
): Uint8Array<ArrayBuffer> {
  const vector = vectors[stain] ?? grey;
  const count = data.length / stains;
  const values = Float32Array.from({ length: count }, (_, i) => data[stains * i + stain]);
  const sorted = values.slice().sort();
  const low = sorted[Math.floor(0.01 * (count - 1))];
  const high = sorted[Math.ceil(0.99 * (count - 1))];
  const scale = high > low ? 1.6 / (high - low) : 0;
  const out = new Uint8Array(count * 3);
  for (let i = 0; i < count; i++) {
    const opticalDensity = Math.min(1.6, Math.max(0, (values[i] - low) * scale));
    for (let c = 0; c < 3; c++) out[3 * i + c] = Math.round(255 * Math.exp(-opticalDensity * vector[c]));
  }
  return out;
}
