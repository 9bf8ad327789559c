import { type ChannelStatistics, statisticsOfSums, type Triple } from "./channel-statistics.js";
import { percentileOfHistogram } from "./percentile.js";

/** @returns Counts of the 256 levels of each channel, end to end: exact whatever the order of the pixels. */
export function channelHistograms(interleaved: Uint8Array): Uint32Array {
  const counts = new Uint32Array(768);
  for (let i = 0; i + 2 < interleaved.length; i += 3) {
    counts[interleaved[i]]++;
    counts[256 + interleaved[i + 1]]++;
    counts[512 + interleaved[i + 2]]++;
  }
  return counts;
}

export function statisticsOf(histograms: Uint32Array): ChannelStatistics {
  const sum: Triple = [0, 0, 0];
  const squares: Triple = [0, 0, 0];
  let count = 0;
  for (let v = 0; v < 256; v++) {
    count += histograms[v];
    for (let channel = 0; channel < 3; channel++) {
      const times = histograms[256 * channel + v];
      sum[channel] += times * v;
      squares[channel] += times * v * v;
    }
  }
  return statisticsOfSums(count, sum, squares);
}

export function mediansOf(histograms: Uint32Array): Triple {
  return [0, 1, 2].map((c) => percentileOfHistogram(histograms.subarray(256 * c, 256 * (c + 1)), 50)) as Triple;
}
