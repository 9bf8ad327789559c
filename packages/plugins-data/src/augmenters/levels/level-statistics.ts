/** What is known of a channel from how often it has each level. */
export interface LevelStatistics {
  readonly mean: number;
  /** Standard deviation over all pixels. */
  readonly deviation: number;
  readonly least: number;
  readonly most: number;
}

const sameLevels = Float64Array.from({ length: 256 }, (_, level) => level);

/**
 * @param counts 256 a channel. @param channel 0 red, 1 green, 2 blue.
 * @param values What each of the 256 levels has become.
 */
export function levelStatistics(counts: Uint32Array, channel: number, values = sameLevels): LevelStatistics {
  let pixels = 0;
  let sum = 0;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  const first = 256 * channel;
  for (let level = 0; level < 256; level++) {
    const count = counts[first + level];
    if (count === 0) continue;
    const value = values[level];
    pixels += count;
    sum += count * value;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const mean = sum / pixels;
  let squares = 0;
  for (let level = 0; level < 256; level++) {
    const away = values[level] - mean;
    squares += counts[first + level] * away * away;
  }
  return { mean, deviation: Math.sqrt(squares / pixels), least, most };
}
