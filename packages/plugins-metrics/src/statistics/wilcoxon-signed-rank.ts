import { averageRanks } from "./average-ranks.js";
import { normalTail } from "./normal-tail.js";

export interface SignedRankTest {
  /** The smaller of the rank sums of positive and of negative differences. */
  readonly statistic: number;
  /** Two-sided. NaN where no difference is other than zero: there is nothing to test. */
  readonly p: number;
  readonly method: "exact" | "normal";
  /** Differences that are not zero. */
  readonly nonZero: number;
}

export interface SignedRankOptions {
  /**
   * What happens to zero differences. `wilcox`: they are dropped; `pratt`: they are ranked, then their ranks dropped.
   */
  readonly zeros?: "wilcox" | "pratt";
}

/** Up to so many differences the distribution is counted out, as in SciPy. */
const mostExact = 50;

/**
 * Wilcoxon's signed-rank test that paired differences are symmetric about zero. Exact where no two differences have one
 * size, none that is ranked is zero and there are at most 50; else the normal approximation, its variance corrected for
 * ties, with continuity correction. Agrees with `scipy.stats.wilcoxon(d, zero_method, correction=True)` of that method.
 * @param differences One each pair; finite.
 */
export function wilcoxonSignedRank(
  differences: readonly number[],
  { zeros = "wilcox" }: SignedRankOptions = {},
): SignedRankTest {
  const nonZero = differences.filter((each) => each !== 0);
  const ranked = zeros === "pratt" ? differences : nonZero;
  if (nonZero.length === 0) return { statistic: 0, p: Number.NaN, method: "exact", nonZero: 0 };
  const { ranks, ties } = averageRanks(ranked.map(Math.abs));
  let positive = 0;
  let negative = 0;
  ranked.forEach((each, index) => {
    if (each > 0) positive += ranks[index];
    else if (each < 0) negative += ranks[index];
  });
  const statistic = Math.min(positive, negative);
  const zeroCount = ranked.length - nonZero.length;
  if (ties.length === 0 && zeroCount === 0 && ranked.length <= mostExact) {
    return { statistic, p: exactP(statistic, ranked.length), method: "exact", nonZero: nonZero.length };
  }
  // Zeros are the smallest: their group of ties is the first, and leaves the variance by itself.
  const tiesOfOthers = zeroCount > 1 ? ties.slice(1) : ties;
  const p = normalP(statistic, ranked.length, zeroCount, tiesOfOthers);
  return { statistic, p, method: "normal", nonZero: nonZero.length };
}

/** Twice the share of the 2ⁿ sign patterns whose rank sum is at most the statistic. */
function exactP(statistic: number, n: number): number {
  const counts = new Float64Array((n * (n + 1)) / 2 + 1);
  counts[0] = 1;
  for (let rank = 1; rank <= n; rank++) {
    for (let sum = (rank * (rank + 1)) / 2; sum >= rank; sum--) counts[sum] += counts[sum - rank];
  }
  let below = 0;
  for (let sum = 0; sum <= statistic; sum++) below += counts[sum];
  return Math.min(1, (2 * below) / 2 ** n);
}

function normalP(statistic: number, n: number, zeroCount: number, ties: readonly number[]): number {
  const mean = (n * (n + 1) - zeroCount * (zeroCount + 1)) / 4;
  const tied = ties.reduce((sum, size) => sum + size * (size * size - 1), 0);
  const squares = n * (n + 1) * (2 * n + 1) - zeroCount * (zeroCount + 1) * (2 * zeroCount + 1);
  const deviation = Math.sqrt((squares - tied / 2) / 24);
  const distance = Math.abs(statistic - mean);
  return Math.min(1, 2 * normalTail(Math.max(0, distance - 0.5) / deviation));
}
