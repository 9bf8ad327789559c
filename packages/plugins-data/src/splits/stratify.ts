import type { Rng } from "@eosin/plugin-api";

/** Positions 0…n−1 of each class, in order, by class in order of first appearance. */
function positionsByClass(classes: readonly string[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  classes.forEach((name, position) => {
    const group = groups.get(name);
    if (group) group.push(position);
    else groups.set(name, [position]);
  });
  return groups;
}

/**
 * Test folds with the balance of scikit-learn's `StratifiedKFold(shuffle=True)`: sizes of folds, and of a class within
 * them, differ by at most 1. The draw is our own.
 * @returns The fold of each position.
 */
export function stratifiedFolds(classes: readonly string[], folds: number, rng: Rng): Int32Array {
  const foldOf = new Int32Array(classes.length);
  let dealt = 0;
  for (const [name, positions] of positionsByClass(classes)) {
    // Folds are dealt in turn over the samples sorted by class: where one class stops, the next goes on.
    const cards = positions.map((_, i) => (dealt + i) % folds);
    rng.fork(name).shuffle(cards);
    positions.forEach((position, i) => {
      foldOf[position] = cards[i];
    });
    dealt += positions.length;
  }
  return foldOf;
}

/**
 * Sets `fraction` of the positions apart (rounded up), by class in proportion, largest remainders first: the balance of
 * scikit-learn's `train_test_split(stratify=…)`.
 * @returns For each position whether it was set apart.
 */
export function stratifiedHoldout(classes: readonly string[], fraction: number, rng: Rng): boolean[] {
  const apart = new Array<boolean>(classes.length).fill(false);
  const total = Math.ceil(round12(classes.length * fraction));
  const kept = classes.length - total;
  const groups = [...positionsByClass(classes)].map(([name, positions]) => {
    const share = (kept * positions.length) / classes.length;
    const whole = Math.floor(round12(share));
    return { name, positions, keep: whole, remainder: round12(share - whole), tie: rng.fork("tie", name).uniform() };
  });
  let missing = kept - groups.reduce((sum, each) => sum + each.keep, 0);
  for (const group of [...groups].sort((a, b) => b.remainder - a.remainder || a.tie - b.tie)) {
    if (missing-- > 0) group.keep++;
  }
  for (const { name, positions, keep } of groups) {
    for (const position of rng
      .fork("draw", name)
      .shuffle([...positions])
      .slice(keep))
      apart[position] = true;
  }
  return apart;
}

/** Takes the last bits of floating-point error away, so that 0.2 · 15 counts as 3. */
function round12(value: number): number {
  return Math.round(value * 1e12) / 1e12;
}
