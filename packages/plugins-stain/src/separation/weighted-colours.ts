/** The distinct colours of a set of pixels as optical densities, each with the number of its pixels. */
export interface WeightedColours {
  readonly red: Float64Array;
  readonly green: Float64Array;
  readonly blue: Float64Array;
  readonly weight: Float64Array;
  readonly count: number;
}

/**
 * Sorting makes everything that is computed from the result independent of where the pixels lay: an image and its
 * mirror image give the same bits.
 * @param packed Pixels as red·65536 + green·256 + blue. Sorted in place.
 * @param opticalDensity Of each byte.
 */
export function weightedColours(packed: Uint32Array, opticalDensity: Float64Array): WeightedColours {
  packed.sort();
  const red = new Float64Array(packed.length);
  const green = new Float64Array(packed.length);
  const blue = new Float64Array(packed.length);
  const weight = new Float64Array(packed.length);
  let count = 0;
  for (let i = 0; i < packed.length; i++) {
    const colour = packed[i];
    if (i > 0 && colour === packed[i - 1]) {
      weight[count - 1]++;
      continue;
    }
    red[count] = opticalDensity[colour >>> 16];
    green[count] = opticalDensity[(colour >>> 8) & 255];
    blue[count] = opticalDensity[colour & 255];
    weight[count++] = 1;
  }
  return { red, green, blue, weight, count };
}
