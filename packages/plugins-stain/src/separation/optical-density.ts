import type { ByteMap } from "../colour/lab.js";

/** Optical density by Beer–Lambert, −ln(max(v, 1)/255), of each byte (after `map`, where given). */
export function opticalDensityTable(map?: ByteMap): Float64Array {
  return Float64Array.from({ length: 256 }, (_, v) => Math.log(255 / Math.max(map ? map[v] : v, 1)));
}

const STEPS = 256;
const LIMIT = 24;
const TABLE = Float64Array.from({ length: STEPS * LIMIT + 1 }, (_, i) => Math.exp(-i / STEPS));

/**
 * exp(−density) within a relative error of 1e-8, several times faster than `Math.exp`: a table with a quadratic step.
 * @param density ≥ 0; 0 is returned from 24 on (4e-11).
 */
export function transmittance(density: number): number {
  if (density >= LIMIT) return 0;
  const scaled = density * STEPS;
  const index = scaled | 0;
  const rest = (index - scaled) / STEPS;
  return TABLE[index] * (1 + rest * (1 + 0.5 * rest));
}
