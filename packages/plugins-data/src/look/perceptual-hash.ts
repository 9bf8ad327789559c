import { densitySide } from "./sample-figures.js";

/** Frequencies along each side that a hash is made of: 8 × 8, less the mean. */
const side = 8;

/** Bits of a hash that say something; the first is always 0. */
export const hashBits = side * side - 1;

/**
 * 64 bits of what a picture looks like: the signs of its lowest frequencies (DCT-II of its density thumbnail, as pHash;
 * Zauner 2010, but by sign rather than median, so that turning and mirroring only move and flip bits). Brightness and
 * contrast leave the signs alone; JPEG and another size flip a few.
 */
export interface PerceptualHash {
  /** Bits of the frequencies (0…3, 0…7), down the picture first. */
  readonly high: number;
  /** Bits of the frequencies (4…7, 0…7). */
  readonly low: number;
}

const half = densitySide / 2;

/** By frequency and place in the first half: the second half has the same, negated where the frequency is odd. */
const cosines = Float64Array.from({ length: side * half }, (_, i) =>
  Math.cos((Math.PI * Math.floor(i / half) * ((i % half) + 0.5)) / densitySide),
);

/** @param density {@link densitySide} × {@link densitySide} */
export function perceptualHash(density: ArrayLike<number>): PerceptualHash {
  const across = new Float64Array(densitySide * side);
  for (let y = 0; y < densitySide; y++) lowFrequencies(density, y * densitySide, 1, across, y * side);
  const both = new Float64Array(side * side);
  for (let v = 0; v < side; v++) lowFrequencies(across, v, side, both, v * side);
  return fromBits((u, v) => both[v * side + u] > 0);
}

/** DCT-II of the values at `from`, `from + step`, …: its first {@link side} frequencies. */
function lowFrequencies(values: ArrayLike<number>, from: number, step: number, out: Float64Array, to: number): void {
  const last = from + (densitySide - 1) * step;
  for (let frequency = 0; frequency < side; frequency++) {
    const sign = frequency % 2 === 0 ? 1 : -1;
    let sum = 0;
    for (let i = 0, x = 0; i < half; i++, x += step) {
      sum += cosines[frequency * half + i] * (values[from + x] + sign * values[last - x]);
    }
    out[to + frequency] = sum;
  }
}

function fromBits(bit: (u: number, v: number) => boolean): PerceptualHash {
  const words = [0, 0];
  for (let i = 1; i < side * side; i++) if (bit(Math.floor(i / side), i % side)) words[i >> 5] |= 1 << (i & 31);
  return { high: words[0] >>> 0, low: words[1] >>> 0 };
}

/** Mirroring negates the odd frequencies along that side. */
const leftToRight = fromBits((_, v) => v % 2 === 1);
const topToBottom = fromBits((u) => u % 2 === 1);

/** The hashes of the picture's 8 turns and mirror images, in the order of `turns`. The picture's own is the first. */
export function turnedHashes(hash: PerceptualHash): PerceptualHash[] {
  const both = [hash, transposed(hash)];
  return both.flatMap((each) => {
    const mirrored = flipped(each, leftToRight);
    return [each, mirrored, flipped(each, topToBottom), flipped(mirrored, topToBottom)];
  });
}

function flipped(hash: PerceptualHash, bits: PerceptualHash): PerceptualHash {
  return { high: (hash.high ^ bits.high) >>> 0, low: (hash.low ^ bits.low) >>> 0 };
}

function transposed({ high, low }: PerceptualHash): PerceptualHash {
  return fromBits((u, v) => {
    const from = v * side + u;
    return (((from < 32 ? high : low) >>> (from & 31)) & 1) === 1;
  });
}

/** Bits that differ, 0…{@link hashBits}. */
export function hammingDistance(high: number, low: number, otherHigh: number, otherLow: number): number {
  return ones(high ^ otherHigh) + ones(low ^ otherLow);
}

function ones(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
