/** Optical density of a unit of stain in red, green and blue; of unit length where it is in a {@link StainMatrix}. */
export type StainVector = readonly [red: number, green: number, blue: number];

/** Unit rows: haematoxylin first (the larger optical density in red), then eosin. */
export type StainMatrix = readonly [haematoxylin: StainVector, eosin: StainVector];

/** Haematoxylin and eosin as Ruifrok & Johnston (2001) measured them, made unit. */
export const REFERENCE_STAINS: StainMatrix = [unit([0.65, 0.7, 0.29]), unit([0.07, 0.99, 0.11])];

export function dot(a: StainVector, b: StainVector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** @param vector Not zero. */
export function unit(vector: StainVector): StainVector {
  const length = Math.sqrt(dot(vector, vector));
  return [vector[0] / length, vector[1] / length, vector[2] / length];
}

/** @returns The rows made unit, the one with the larger red density first. */
export function orderedStains(a: StainVector, b: StainVector): StainMatrix {
  const first = unit(a);
  const second = unit(b);
  return first[0] >= second[0] ? [first, second] : [second, first];
}

/** Vectors that are nearer than this, in degrees, tell one stain from its own noise. */
const LEAST_ANGLE = 2;

/** Whether two vectors tell two stains apart. */
export function areDistinct(a: StainVector, b: StainVector): boolean {
  return angleBetween(a, b) >= LEAST_ANGLE;
}

/** The angle between the two stains in degrees. */
export function angleBetween(a: StainVector, b: StainVector): number {
  return (Math.acos(Math.min(1, dot(unit(a), unit(b)))) * 180) / Math.PI;
}

/** The volume that three unit vectors span, below which they lie in a plane. */
const LEAST_VOLUME = 1e-3;

/** Whether the rows are linearly independent, and by more than rounding. */
export function isSeparable([a, b, c]: readonly StainVector[]): boolean {
  if (c === undefined) return areDistinct(a, b);
  const cross: StainVector = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
  return Math.abs(dot(cross, c)) >= LEAST_VOLUME;
}
