import { type StainVector, unit } from "./stain-matrix.js";

const DARKEST = 1 / 255;

/**
 * Perturbs a stain's colour: a unit of it as RGB (exp(−od)), its HSV saturation and value scaled, hue kept, back to
 * optical density of unit length. A vector that would turn white comes back as it was.
 */
export function perturbStain(vector: StainVector, saturation: number, value: number): StainVector {
  const rgb = vector.map((density) => Math.exp(-density));
  const oldValue = Math.max(...rgb);
  const oldSaturation = 1 - Math.min(...rgb) / oldValue;
  const newValue = clamp(oldValue * value, DARKEST, 1);
  const newSaturation = clamp(oldSaturation * saturation, 0, 1);
  const ratio = oldSaturation === 0 ? 0 : newSaturation / oldSaturation;
  const density = rgb.map((level) => -Math.log(clamp(newValue * (1 - ratio * (1 - level / oldValue)), DARKEST, 1)));
  return Math.max(...density) < 1e-6 ? vector : unit([density[0], density[1], density[2]]);
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
