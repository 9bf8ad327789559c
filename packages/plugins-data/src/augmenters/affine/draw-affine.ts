import type { Rng } from "@eosin/plugin-api";
import type { AffineOptions } from "./options.js";

/** What is done to what is in a picture, in this order: scaled, sheared, turned about the middle, shifted. */
export interface AffineChange {
  readonly scaleX: number;
  readonly scaleY: number;
  /** Radians by which the axes lean. */
  readonly shearX: number;
  readonly shearY: number;
  /** Radians, counter-clockwise. */
  readonly angle: number;
  /** Shares of the sides, to the right and down. */
  readonly shiftX: number;
  readonly shiftY: number;
}

/**
 * All is drawn whether it applies or not: another probability of one part leaves the others' draws what they were.
 * @returns `undefined` where no part applies.
 */
export function drawAffine({ rotation, scale, shear, shift }: AffineOptions, rng: Rng): AffineChange | undefined {
  const turns = rng.chance(rotation.p);
  const angle = rng.between(...rotation.degrees);
  const scales = rng.chance(scale.p);
  const [scaleX, secondScale] = pair(scale.factor, rng);
  const shears = rng.chance(shear.p);
  const [shearX, shearY] = pair(shear.degrees, rng);
  const shifts = rng.chance(shift.p);
  const [shiftX, shiftY] = pair(shift.share, rng);
  if (!turns && !scales && !shears && !shifts) return undefined;
  return {
    scaleX: scales ? scaleX : 1,
    scaleY: scales ? (scale.axes === "apart" ? secondScale : scaleX) : 1,
    shearX: shears ? radians(shearX) : 0,
    shearY: shears ? radians(shearY) : 0,
    angle: turns ? radians(angle) : 0,
    shiftX: shifts ? shiftX : 0,
    shiftY: shifts ? shiftY : 0,
  };
}

function pair([low, high]: readonly [number, number], rng: Rng): readonly [number, number] {
  const first = rng.between(low, high);
  return [first, rng.between(low, high)];
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
