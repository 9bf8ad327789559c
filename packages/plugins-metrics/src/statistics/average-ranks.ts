export interface Ranking {
  /** From 1; equal values share the mean of their ranks. */
  readonly ranks: readonly number[];
  /** How many values each group of equal ones holds, groups of one left out. */
  readonly ties: readonly number[];
}

export function averageRanks(values: readonly number[]): Ranking {
  const order = values.map((_, index) => index).sort((a, b) => values[a] - values[b]);
  const ranks: number[] = new Array(values.length);
  const ties: number[] = [];
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    for (let i = start; i < end; i++) ranks[order[i]] = (start + 1 + end) / 2;
    if (end - start > 1) ties.push(end - start);
    start = end;
  }
  return { ranks, ties };
}
