import type { MetricColumn } from "../metrics/named-metric.js";
import type { JudgedContender } from "./judged-contender.js";

/** One image that both contenders were tested on. */
export interface ImagePair {
  readonly id: string;
  readonly domain: string;
  /** What it belongs together with, where it has a group. */
  readonly group?: string;
  /**
   * Contender minus reference, by metric; the mean over the folds in which both were tested on it. NaN where the metric
   * is undefined for one of them.
   */
  readonly difference: { readonly [metric: string]: number };
}

export interface Pairing {
  readonly pairs: readonly ImagePair[];
  /** Tested images (by fold) that only one of them has. */
  readonly onlyContender: number;
  readonly onlyReference: number;
  /** Images (by fold) of one id whose pixels differ: not paired. */
  readonly otherPixels: number;
  /** Images (by fold) whose pixels are all ignored: their figures are undefined. Absent without any. */
  readonly unjudged?: number;
}

interface Tested {
  readonly id: string;
  readonly domain: string;
  readonly group?: string;
  readonly pixels: number;
  readonly figures: { readonly [metric: string]: number };
}

/**
 * Pairs by sample id and fold. An image that several folds tested, as in an external set, stays one image: its
 * differences are averaged, for they are not independent.
 */
export function pairImages(
  contender: JudgedContender,
  reference: JudgedContender,
  metrics: readonly MetricColumn[],
): Pairing {
  const [mine, theirs] = [testedOf(contender), testedOf(reference)];
  const common = [...mine.keys()].filter((key) => theirs.has(key));
  const same = common.filter((key) => {
    const { id } = mine.get(key)!;
    return contender.contents.get(id) === reference.contents.get(id);
  });
  const judged = same.filter((key) => mine.get(key)!.pixels > 0 && theirs.get(key)!.pixels > 0);
  const byId = new Map<string, string[]>();
  for (const key of judged) {
    const { id } = mine.get(key)!;
    byId.set(id, [...(byId.get(id) ?? []), key]);
  }
  const pairs = [...byId].map(([id, keys]) => {
    const mean = (metric: string) =>
      keys.reduce((sum, key) => sum + mine.get(key)!.figures[metric] - theirs.get(key)!.figures[metric], 0) /
      keys.length;
    const { domain, group = theirs.get(keys[0])!.group } = mine.get(keys[0])!;
    const difference = Object.fromEntries(metrics.map(({ name }) => [name, mean(name)]));
    return { id, domain, ...(group === undefined ? {} : { group }), difference };
  });
  return {
    pairs: pairs.sort((a, b) => (a.id < b.id ? -1 : 1)),
    onlyContender: mine.size - common.length,
    onlyReference: theirs.size - common.length,
    otherPixels: common.length - same.length,
    ...(judged.length < same.length && { unjudged: same.length - judged.length }),
  };
}

function testedOf({ judged }: JudgedContender): ReadonlyMap<string, Tested> {
  return new Map(
    judged.flatMap(({ artifact, patches }) =>
      patches.map(({ ids: [id], domain, group, pixels, figures }) => [
        JSON.stringify([artifact.value.split, id]),
        { id, domain, group, pixels, figures },
      ]),
    ),
  );
}
