import { neighbours, type Rank, type RealValues, select } from "../statistics/percentile.js";

/** A range of values; both ends belong to it. */
export interface Bracket {
  readonly from: number;
  readonly to: number;
}

export interface Collected {
  /** How many values lie below the bracket. */
  readonly below: number;
  readonly inside: Float32Array;
}

/** One pass over all values of two quantities. */
export type CollectPass = (first: Bracket, second: Bracket) => readonly [Collected, Collected];

const everything: Bracket = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

type Pair<Item> = readonly [Item, Item];

/**
 * Exact order statistics of two quantities, mostly in one pass and without storing all values (after Floyd & Rivest,
 * 1975): a sample brackets each rank, the pass counts what lies below and keeps what lies inside. Where a bracket missed
 * its rank, another pass looks on that side.
 * @param sample A pass over some of the values.
 * @returns For each, the values at its rank and at the next, and how far the percentile is from the first.
 */
export function selectByBrackets(
  ranks: Pair<Rank>,
  count: number,
  sample: CollectPass,
  pass: CollectPass,
): Pair<readonly [number, number, number]> {
  const samples = sample(everything, everything);
  const brackets = [0, 1].map((k) => bracketOf(samples[k].inside, ranks[k].below / Math.max(1, count - 1)));
  for (;;) {
    const collected = pass(brackets[0], brackets[1]);
    let missed = false;
    for (const k of [0, 1] as const) {
      const { below, inside } = collected[k];
      const last = Math.min(ranks[k].below + 1, count - 1);
      if (ranks[k].below < below) brackets[k] = { from: Number.NEGATIVE_INFINITY, to: brackets[k].to };
      else if (last >= below + inside.length) brackets[k] = { from: brackets[k].from, to: Number.POSITIVE_INFINITY };
      else continue;
      missed = true;
    }
    if (missed) continue;
    const [first, second] = [0, 1].map((k) =>
      neighbours(collected[k].inside, { below: ranks[k].below - collected[k].below, rest: ranks[k].rest }),
    );
    return [first, second];
  }
}

/** Some four standard deviations of a sample's rank either side. */
function bracketOf(sample: RealValues, share: number): Bracket {
  const last = sample.length - 1;
  const margin = 4 * Math.sqrt(sample.length * share * (1 - share)) + 4;
  const low = Math.floor(share * last - margin);
  const high = Math.ceil(share * last + margin);
  return {
    from: low < 0 ? Number.NEGATIVE_INFINITY : select(sample, low),
    to: high > last ? Number.POSITIVE_INFINITY : select(sample, high),
  };
}
