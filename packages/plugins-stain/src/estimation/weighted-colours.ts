import { scratch } from "../pixel-kernels/scratch.js";

const channels = [0, 1, 2, 3].map(() => scratch((length) => new Float32Array(length)));
const sortingScratch = scratch((length) => new Uint32Array(length));

/** The distinct colours of a set of pixels as optical densities, each with the number of its pixels. */
export interface WeightedColours {
  readonly red: Float32Array;
  readonly green: Float32Array;
  readonly blue: Float32Array;
  readonly weight: Float32Array;
  readonly count: number;
  /** The sum of all weights. */
  readonly pixels: number;
}

/**
 * Sorting makes everything that is computed from the result independent of where the pixels lay: an image and its
 * mirror image give the same bits.
 * @returns In memory that the next call overwrites.
 * @param packed Pixels as red·65536 + green·256 + blue. Reordered.
 * @param opticalDensity Of each byte.
 */
export function weightedColours(packed: Uint32Array, opticalDensity: Float64Array): WeightedColours {
  const sorted = sortedBy24Bits(packed);
  const pixels = sorted.length;
  const [red, green, blue, weight] = channels.map((channel) => channel(pixels));
  let count = 0;
  let last = -1;
  for (let i = 0; i < pixels; i++) {
    const colour = sorted[i];
    if (colour === last) {
      weight[count - 1]++;
      continue;
    }
    last = colour;
    red[count] = opticalDensity[colour >>> 16];
    green[count] = opticalDensity[(colour >>> 8) & 255];
    blue[count] = opticalDensity[colour & 255];
    weight[count++] = 1;
  }
  return { red, green, blue, weight, count, pixels };
}

/** Radix sort, a byte a round; `values` is written over. */
function sortedBy24Bits(values: Uint32Array): Uint32Array {
  let from: Uint32Array = values;
  let to: Uint32Array = sortingScratch(values.length);
  const starts = new Uint32Array(256);
  for (const shift of [0, 8, 16]) {
    starts.fill(0);
    for (let i = 0; i < from.length; i++) starts[(from[i] >>> shift) & 255]++;
    for (let digit = 0, start = 0; digit < 256; digit++) {
      const count = starts[digit];
      starts[digit] = start;
      start += count;
    }
    for (let i = 0; i < from.length; i++) to[starts[(from[i] >>> shift) & 255]++] = from[i];
    [from, to] = [to, from];
  }
  return from;
}
