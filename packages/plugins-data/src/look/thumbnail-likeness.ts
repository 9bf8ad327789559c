import { densitySide } from "./sample-figures.js";
import { type Turn, turnedIndex, turns } from "./turns.js";

/** A density thumbnail, less its mean and of unit length, at two scales: what a correlation is the product of. */
export interface ComparableThumbnail {
  readonly fine: Float32Array;
  /** Of half the side: a copy shifted by a pixel is still like it where a fine cell is of few pixels. */
  readonly coarse: Float32Array;
}

export function comparableThumbnail(density: Uint8Array): ComparableThumbnail {
  const fine = new Float32Array(density);
  const coarse = new Float32Array(fine.length / 4);
  for (let i = 0; i < coarse.length; i++) {
    const at = Math.floor(i / coarseSide) * 2 * densitySide + (i % coarseSide) * 2;
    coarse[i] = fine[at] + fine[at + 1] + fine[at + densitySide] + fine[at + densitySide + 1];
  }
  normalize(fine);
  normalize(coarse);
  return { fine, coarse };
}

/**
 * Standard deviation in hundredths of optical density, of all but the lowest and the highest twentieth of the values: a
 * speck in a corner of a bare slide is not what tells it from others.
 */
export function thumbnailContrast(density: Uint8Array): number {
  counts.fill(0);
  for (const value of density) counts[value]++;
  const least = Math.round(density.length / 20);
  const most = density.length - least;
  let below = 0;
  let sum = 0;
  let squares = 0;
  for (let value = 0; value < counts.length; value++) {
    const inner = Math.max(0, Math.min(below + counts[value], most) - Math.max(below, least));
    below += counts[value];
    sum += inner * value;
    squares += inner * value * value;
  }
  const mean = sum / (most - least);
  return Math.sqrt(Math.max(0, squares / (most - least) - mean * mean));
}

const counts = new Int32Array(256);

const coarseSide = densitySide / 2;
const fineTurns = turnedIndex(densitySide);
const coarseTurns = turnedIndex(coarseSide);

function normalize(values: Float32Array): void {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    values[i] -= mean;
    squares += values[i] * values[i];
  }
  const length = Math.sqrt(squares);
  if (length > 0) for (let i = 0; i < values.length; i++) values[i] /= length;
}

/** How alike two pictures are, at the turn or mirroring of the first that is most like the second. */
export interface Likeness {
  /** Pearson's, the larger of both scales, −1…1. */
  readonly correlation: number;
  readonly turn: Turn;
}

export function likeness(first: ComparableThumbnail, second: ComparableThumbnail): Likeness {
  let best: Likeness = { correlation: -Infinity, turn: turns[0] };
  for (let turn = 0; turn < turns.length; turn++) {
    const correlation = Math.max(
      product(first.fine, fineTurns[turn], second.fine),
      product(first.coarse, coarseTurns[turn], second.coarse),
    );
    if (correlation > best.correlation) best = { correlation, turn: turns[turn] };
  }
  return best;
}

function product(first: Float32Array, index: Int32Array, second: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < second.length; i++) sum += first[index[i]] * second[i];
  return sum;
}
