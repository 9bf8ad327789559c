import { createRng } from "@eosin/plugin-api";
import { describe, expect, it } from "vitest";
import { stratifiedFolds, stratifiedHoldout } from "./stratify.js";

const cases = [
  { counts: [60, 60, 60], k: 4 },
  { counts: [16, 16, 16], k: 2 },
  { counts: [7, 13, 5], k: 5 },
  { counts: [11, 4, 9, 30], k: 3 },
];

function classesOf(counts: readonly number[]): string[] {
  const classes = counts.flatMap((count, i) => new Array<string>(count).fill(`class-${i}`));
  return createRng("shuffled").shuffle(classes);
}

function countBy(classes: readonly string[], chosen: (i: number) => boolean): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [i, name] of classes.entries()) counts.set(name, (counts.get(name) ?? 0) + (chosen(i) ? 1 : 0));
  return counts;
}

describe.each(cases)("classes of $counts in $k folds", ({ counts, k }) => {
  const classes = classesOf(counts);
  const foldOf = stratifiedFolds(classes, k, createRng(1));

  it("differ by at most one sample, as a whole and in each class", () => {
    const spread = (numbers: number[]) => Math.max(...numbers) - Math.min(...numbers);
    const folds = Array.from({ length: k }, (_, fold) => countBy(classes, (i) => foldOf[i] === fold));
    expect(spread(folds.map((each) => [...each.values()].reduce((sum, n) => sum + n, 0)))).toBeLessThanOrEqual(1);
    for (const name of new Set(classes)) {
      expect(spread(folds.map((each) => each.get(name) ?? 0))).toBeLessThanOrEqual(1);
    }
  });

  it("are drawn by the seed", () => {
    expect(stratifiedFolds(classes, k, createRng(1))).toEqual(foldOf);
    expect(stratifiedFolds(classes, k, createRng(2))).not.toEqual(foldOf);
  });
});

describe("holdout", () => {
  it.each([
    // What scikit-learn's train_test_split(test_size=0.2, stratify=…) sets apart.
    { counts: [45, 45, 45], fraction: 0.2, apart: [9, 9, 9] },
    { counts: [10, 10], fraction: 0.2, apart: [2, 2] },
    { counts: [7, 13, 5], fraction: 0.2, apart: [1, 3, 1] },
    { counts: [15], fraction: 0.2, apart: [3] },
    { counts: [8, 8], fraction: 0, apart: [0, 0] },
  ])("of $fraction of $counts takes $apart", ({ counts, fraction, apart }) => {
    const classes = classesOf(counts);
    const chosen = stratifiedHoldout(classes, fraction, createRng(5));
    const taken = countBy(classes, (i) => chosen[i]);
    expect(counts.map((_, i) => taken.get(`class-${i}`))).toEqual(apart);
  });

  it("rounds the whole up and lets no class differ by more than one from its share", () => {
    const counts = [11, 4, 9, 30];
    const classes = classesOf(counts);
    const chosen = stratifiedHoldout(classes, 0.2, createRng(5));
    expect(chosen.filter(Boolean)).toHaveLength(Math.ceil(54 * 0.2));
    const taken = countBy(classes, (i) => chosen[i]);
    counts.forEach((count, i) => {
      expect(Math.abs(taken.get(`class-${i}`)! - (count * 11) / 54)).toBeLessThan(1);
    });
  });
});
