/** A figure for each of three channels. */
export type Triple = [number, number, number];

export interface ChannelStatistics {
  readonly mean: Triple;
  /** Population standard deviation. */
  readonly std: Triple;
}

/** @param count Of values a channel. */
export function statisticsOfSums(count: number, sum: Triple, squares: Triple): ChannelStatistics {
  const std = (c: 0 | 1 | 2) => Math.sqrt(Math.max(0, count * squares[c] - sum[c] ** 2)) / count;
  return { mean: [sum[0] / count, sum[1] / count, sum[2] / count], std: [std(0), std(1), std(2)] };
}
