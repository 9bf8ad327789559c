import { EosinError } from "@eosin/plugin-api";
import { groupKeys } from "../judging/group-keys.js";
import type { MetricColumn } from "../metrics/named-metric.js";
import {
  bootstrapInterval,
  groupedInterval,
  groupMeans,
  holm,
  type Interval,
  meanOf,
  type SignedRankTest,
  wilcoxonSignedRank,
} from "../statistics/index.js";
import type { JudgedContender } from "./judged-contender.js";
import { type Pairing, pairImages } from "./pair-images.js";

/** One contender against the reference, by one metric, over the images that both were tested on. */
export interface PairedDifference {
  readonly contender: string;
  readonly reference: string;
  /** Name of its column. */
  readonly metric: string;
  /** Images that the figures are taken over, and what was left out: see `Pairing`. */
  readonly images: number;
  /** Groups (of patients, slides) that these images are from, where they have one: then groups are what is resampled and tested. */
  readonly groups?: number;
  readonly onlyContender: number;
  readonly onlyReference: number;
  readonly otherPixels: number;
  readonly unjudged?: number;
  /** Paired images for which this metric is undefined; absent without any. */
  readonly undefined?: number;
  /** Mean of contender minus reference. */
  readonly mean: number;
  readonly interval: Interval;
  readonly test: SignedRankTest;
  /** The p-value corrected over all contenders of this metric; NaN as the p-value is. */
  readonly holm: number;
}

export interface DifferenceOptions {
  /** Of the bootstrap. */
  readonly seed: number;
}

/** @throws EosinError `NOTHING_IN_COMMON` where a contender and the reference were tested on no image together */
export function pairedDifferences(
  contenders: readonly JudgedContender[],
  reference: JudgedContender,
  metrics: readonly MetricColumn[],
  { seed }: DifferenceOptions,
): readonly PairedDifference[] {
  const pairings = contenders
    .filter((each) => each !== reference && each.judged.length > 0)
    .map((contender) => ({ contender, pairing: requirePairs(contender, reference, metrics) }));
  return metrics.flatMap(({ name: metric }) => {
    const differences = pairings.flatMap(({ contender, pairing: { pairs: all, ...leftOut } }) => {
      const pairs = all.filter(({ difference }) => !Number.isNaN(difference[metric]));
      if (pairs.length === 0) return [];
      const values = pairs.map(({ difference }) => difference[metric]);
      const groups = groupKeys(pairs);
      return {
        contender: contender.name,
        reference: reference.name,
        metric,
        images: pairs.length,
        ...(groups ? { groups: new Set(groups).size } : {}),
        ...leftOut,
        ...(pairs.length < all.length && { undefined: all.length - pairs.length }),
        mean: meanOf(values),
        interval: groups ? groupedInterval(values, groups, { seed }) : bootstrapInterval(values, { seed }),
        test: wilcoxonSignedRank(groups ? groupMeans(values, groups) : values),
      };
    });
    const corrected = holm(differences.map(({ test }) => test.p));
    return differences.map((each, index) => ({ ...each, holm: corrected[index] }));
  });
}

function requirePairs(
  contender: JudgedContender,
  reference: JudgedContender,
  metrics: readonly MetricColumn[],
): Pairing {
  const pairing = pairImages(contender, reference, metrics);
  if (pairing.pairs.length > 0) return pairing;
  const { onlyContender, onlyReference, otherPixels, unjudged = 0 } = pairing;
  throw new EosinError({
    code: "NOTHING_IN_COMMON",
    message: `${contender.name} and ${reference.name} were tested on no image together, so there is nothing to pair.`,
    place: contender.run,
    expected: "test patches with the same id and pixels, in the same fold",
    found:
      `${onlyContender} patches of ${contender.name} alone, ${onlyReference} of ${reference.name} alone` +
      (otherPixels > 0 ? `, ${otherPixels} of one id but with other pixels` : "") +
      (unjudged > 0 ? `, ${unjudged} whose pixels are all ignored` : ""),
    next: "Run both on the same data and folds, e.g. with the same profile and seed; or choose another --reference.",
  });
}
