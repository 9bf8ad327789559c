/**
 * Percentile with linear interpolation between order statistics (NumPy's default).
 * @param counts How often each level occurs; at least one must.
 * @param q 0…100
 */
export function percentileOfHistogram(counts: ArrayLike<number>, q: number): number {
  let total = 0;
  for (let v = 0; v < counts.length; v++) total += counts[v];
  const position = (q / 100) * (total - 1);
  const below = Math.floor(position);
  const low = levelAt(counts, below);
  return low + (levelAt(counts, Math.min(below + 1, total - 1)) - low) * (position - below);
}

/** The level of the value at a rank, from 0. */
export function levelAt(counts: ArrayLike<number>, rank: number): number {
  let seen = counts[0];
  let level = 0;
  while (seen <= rank) seen += counts[++level];
  return level;
}

/**
 * The same of real values.
 * @param values At least one, all finite. Reordered.
 */
export function percentile(values: RealValues, q: number): number {
  const [low, next, rest] = neighbours(values, rankOf(q, values.length));
  return low + (next - low) * rest;
}

export type RealValues = Float32Array | Float64Array;

/** Where a percentile lies among `count` values in order: the rank below it, and how far it is to the next. */
export interface Rank {
  readonly below: number;
  readonly rest: number;
}

export function rankOf(q: number, count: number): Rank {
  const position = (q / 100) * (count - 1);
  const below = Math.floor(position);
  return { below, rest: position - below };
}

/** @returns The values at a rank and at the next, which is the same one at the end, and how far the percentile is from the first. */
export function neighbours(values: RealValues, { below, rest }: Rank): readonly [number, number, number] {
  const low = select(values, below);
  if (below + 1 === values.length) return [low, low, rest];
  let next = Number.POSITIVE_INFINITY;
  for (let i = below + 1; i < values.length; i++) if (values[i] < next) next = values[i];
  return [low, next, rest];
}

/** Quickselect (Hoare, 1961): afterwards nothing before `rank` is larger, nothing behind it smaller. */
export function select(values: RealValues, rank: number): number {
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const pivot = medianOfThree(values[left], values[(left + right) >> 1], values[right]);
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i <= j) {
        const swapped = values[i];
        values[i++] = values[j];
        values[j--] = swapped;
      }
    }
    if (rank <= j) right = j;
    else if (rank >= i) left = i;
    else break;
  }
  return values[rank];
}

function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
