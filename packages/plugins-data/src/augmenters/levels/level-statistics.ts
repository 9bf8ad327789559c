/** What is known of a channel from how often it has each level. */
export interface LevelStatistics {
  readonly mean: number;
  /** Standard deviation over all pixels. */
  readonly deviation: number;
  readonly least: number;
  readonly most: number;
}

/**
 * @param counts 256 a channel. @param channel 0 red, 1 green, 2 blue.
 * @param level What a level became, in any unit.
 */
export function levelStatistics(
  counts: Uint32Array,
  channel: number,
  level: (level: number) => number = (same) => same,
): LevelStatistics {
  let pixels = 0;
  let sum = 0;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let l = 0; l < 256; l++) {
    const count = counts[256 * channel + l];
    if (count === 0) continue;
    const value = level(l);
    pixels += count;
    sum += count * value;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const mean = sum / pixels;
  let squares = 0;
  for (let l = 0; l < 256; l++) {
    const count = counts[256 * channel + l];
    if (count > 0) squares += count * (level(l) - mean) ** 2;
  }
  return { mean, deviation: Math.sqrt(squares / pixels), least, most };
}
