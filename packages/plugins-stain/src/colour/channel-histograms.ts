import { percentileOfHistogram } from "../separation/percentile.js";

/** A figure for each of three channels. */
export type Triple = [number, number, number];

export interface ChannelStatistics {
  readonly mean: Triple;
  /** Population standard deviation. */
  readonly std: Triple;
}

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
  const mean: Triple = [0, 0, 0];
  const std: Triple = [0, 0, 0];
  for (let channel = 0; channel < 3; channel++) {
    let count = 0;
    let sum = 0;
    let squares = 0;
    for (let v = 0; v < 256; v++) {
      const times = histograms[256 * channel + v];
      count += times;
      sum += times * v;
      squares += times * v * v;
    }
    mean[channel] = sum / count;
    std[channel] = Math.sqrt(Math.max(0, count * squares - sum * sum)) / count;
  }
  return { mean, std };
}

export function mediansOf(histograms: Uint32Array): Triple {
  return [0, 1, 2].map((c) => percentileOfHistogram(histograms.subarray(256 * c, 256 * (c + 1)), 50)) as Triple;
}
