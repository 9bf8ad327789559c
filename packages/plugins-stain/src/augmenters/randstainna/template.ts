import { z } from "@eosin/plugin-api/zod";
import type { ChannelStatistics, Triple } from "../../statistics/channel-statistics.js";

/** How the appearance of a set of images varies: statistics over images of each image's statistics. */
export interface ColourTemplate {
  /** Of the channels' means. */
  readonly average: ChannelStatistics;
  /** Of the channels' standard deviations. */
  readonly deviation: ChannelStatistics;
}

const triple = z.tuple([z.number(), z.number(), z.number()]);
const statistics = z.object({ mean: triple, std: triple });
export const templateSchema: z.ZodType<ColourTemplate> = z.object({ average: statistics, deviation: statistics });

/** @param images One entry an image; at least one. */
export function templateOf(images: readonly ChannelStatistics[]): ColourTemplate {
  return { average: over(images.map((each) => each.mean)), deviation: over(images.map((each) => each.std)) };
}

function over(triples: readonly Triple[]): ChannelStatistics {
  const mean: Triple = [0, 0, 0];
  const std: Triple = [0, 0, 0];
  for (let c = 0; c < 3; c++) {
    for (const each of triples) mean[c] += each[c] / triples.length;
    for (const each of triples) std[c] += (each[c] - mean[c]) ** 2 / triples.length;
    std[c] = Math.sqrt(std[c]);
  }
  return { mean, std };
}
