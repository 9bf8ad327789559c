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

function levelAt(counts: ArrayLike<number>, rank: number): number {
  let seen = counts[0];
  let level = 0;
  while (seen <= rank) seen += counts[++level];
  return level;
}

/**
 * The same of real values.
 * @param values At least one, all finite. Reordered.
 */
export function percentile(values: Float64Array, q: number): number {
  const position = (q / 100) * (values.length - 1);
  const below = Math.floor(position);
  const low = select(values, below);
  if (below + 1 === values.length) return low;
  let next = Number.POSITIVE_INFINITY;
  for (let i = below + 1; i < values.length; i++) if (values[i] < next) next = values[i];
  return low + (next - low) * (position - below);
}

/** Quickselect (Hoare, 1961): afterwards nothing before `rank` is larger, nothing behind it smaller. */
function select(values: Float64Array, rank: number): number {
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
