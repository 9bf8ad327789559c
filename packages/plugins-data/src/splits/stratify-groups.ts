import type { Rng } from "@eosin/plugin-api";

/** Samples that stay together. */
interface Group {
  readonly name: string;
  readonly positions: readonly number[];
  /** How many of its samples each class has. */
  readonly counts: Float64Array;
}

/**
 * Test folds in which groups stay whole: from the largest group to the smallest (drawn among equals), each goes to the
 * fold with which the classes are spread most evenly over the folds, measured as scikit-learn's `StratifiedGroupKFold`
 * does: the standard deviation, over folds, of a class's share, averaged over the classes. Ties go to the smaller fold,
 * so that no fold stays empty while there are groups enough.
 * @param groups Names of the groups, at least as many as folds. @returns The fold of each position.
 */
export function groupedFolds(
  classes: readonly string[],
  groups: readonly string[],
  folds: number,
  rng: Rng,
): Int32Array {
  const { members, totals } = gather(classes, groups);
  const drawn = rng.fork("groups").shuffle([...members]);
  drawn.sort((a, b) => b.positions.length - a.positions.length);
  const counts = Array.from({ length: folds }, () => new Float64Array(totals.length));
  const sizes = new Array<number>(folds).fill(0);
  const foldOf = new Int32Array(classes.length);
  for (const group of drawn) {
    let best = 0;
    let bestSpread = Number.POSITIVE_INFINITY;
    for (let fold = 0; fold < folds; fold++) {
      add(counts[fold], group.counts, 1);
      const spread = meanSpread(counts, totals);
      add(counts[fold], group.counts, -1);
      const equal = Math.abs(spread - bestSpread) <= 1e-9;
      if (equal ? sizes[fold] < sizes[best] : spread < bestSpread) {
        best = fold;
        bestSpread = spread;
      }
    }
    add(counts[best], group.counts, 1);
    sizes[best] += group.positions.length;
    for (const position of group.positions) foldOf[position] = best;
  }
  return foldOf;
}

/**
 * Sets whole groups apart: they are gone through in an order that is drawn, and each is taken that brings the numbers
 * taken of each class nearer to `fraction` of it. At least one group is taken, the smallest if none is near (where the
 * fraction is above 0 and there are two), and at least one stays.
 * @returns For each position whether it was set apart.
 */
export function groupedHoldout(
  classes: readonly string[],
  groups: readonly string[],
  fraction: number,
  rng: Rng,
): boolean[] {
  const apart = new Array<boolean>(classes.length).fill(false);
  const { members, totals } = gather(classes, groups);
  if (fraction === 0 || members.length < 2) return apart;
  const drawn = rng.fork("groups").shuffle([...members]);
  const missing = totals.map((total) => fraction * total);
  const taken: Group[] = [];
  for (const group of drawn) {
    if (taken.length === members.length - 1) break;
    const now = distance(missing);
    add(missing, group.counts, -1);
    if (distance(missing) < now - 1e-9) taken.push(group);
    else add(missing, group.counts, 1);
  }
  if (taken.length === 0) {
    taken.push(drawn.reduce((small, each) => (each.positions.length < small.positions.length ? each : small)));
  }
  for (const { positions } of taken) for (const position of positions) apart[position] = true;
  return apart;
}

/** Groups and classes in order of their names, so that the draw does not depend on the order of the samples. */
function gather(classes: readonly string[], groups: readonly string[]) {
  const classIndex = new Map([...new Set(classes)].sort().map((name, i) => [name, i]));
  const totals = new Float64Array(classIndex.size);
  const positionsOf = new Map<string, number[]>();
  groups.forEach((name, position) => {
    const positions = positionsOf.get(name);
    if (positions) positions.push(position);
    else positionsOf.set(name, [position]);
  });
  const members = [...positionsOf]
    .sort(([a], [b]) => (a < b ? -1 : Number(a > b)))
    .map(([name, positions]): Group => {
      const counts = new Float64Array(totals.length);
      for (const position of positions) counts[classIndex.get(classes[position]) as number]++;
      add(totals, counts, 1);
      return { name, positions, counts };
    });
  return { members, totals };
}

function add(target: Float64Array, counts: Float64Array, factor: 1 | -1): void {
  for (let i = 0; i < target.length; i++) target[i] += factor * counts[i];
}

function meanSpread(counts: readonly Float64Array[], totals: Float64Array): number {
  let sum = 0;
  for (let c = 0; c < totals.length; c++) {
    const shares = counts.map((each) => each[c] / totals[c]);
    const mean = shares.reduce((total, each) => total + each, 0) / shares.length;
    sum += Math.sqrt(shares.reduce((total, each) => total + (each - mean) ** 2, 0) / shares.length);
  }
  return sum / totals.length;
}

function distance(missing: Float64Array): number {
  return missing.reduce((sum, each) => sum + Math.abs(each), 0);
}
