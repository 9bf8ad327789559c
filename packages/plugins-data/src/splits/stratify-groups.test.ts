import { createRng } from "@eosin/plugin-api";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupedFolds, groupedHoldout } from "./stratify-groups.js";

/** Samples by class and group: any numbers of them, groups within classes and across. */
const samples = fc.array(fc.record({ of: fc.constantFrom("x", "y", "z"), group: fc.integer({ min: 0, max: 25 }) }), {
  minLength: 1,
  maxLength: 120,
});
const namesOf = (drawn: readonly { of: string; group: number }[]) => ({
  classes: drawn.map((each) => each.of),
  groups: drawn.map((each) => `P${each.group}`),
});

/** One group a patient: `patients` of each class, of `size` samples each. */
function patients(counts: { readonly [of: string]: readonly number[] }) {
  const drawn = Object.entries(counts).flatMap(([of, sizes]) =>
    sizes.flatMap((size, patient) => Array.from({ length: size }, () => ({ of, patient: `${of}${patient}` }))),
  );
  return { classes: drawn.map((each) => each.of), groups: drawn.map((each) => each.patient) };
}

function countOf(classes: readonly string[], of: string, chosen: (i: number) => boolean): number {
  return classes.filter((each, i) => each === of && chosen(i)).length;
}

describe("folds by groups", () => {
  it("hold each group whole, and none is empty where there are groups enough", () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 2, max: 6 }), fc.integer(), (drawn, k, seed) => {
        const { classes, groups } = namesOf(drawn);
        const foldOf = groupedFolds(classes, groups, k, createRng(seed));
        const foldsOf = new Map<string, Set<number>>();
        for (const [i, group] of groups.entries()) {
          foldsOf.set(group, (foldsOf.get(group) ?? new Set()).add(foldOf[i]));
        }
        for (const folds of foldsOf.values()) expect(folds.size).toBe(1);
        expect(new Set(foldOf).size).toBe(Math.min(k, foldsOf.size));
      }),
    );
  });

  it("have the classes in proportion", () => {
    const sizes = Array.from({ length: 12 }, (_, i) => 2 + (i % 4));
    const { classes, groups } = patients({ x: sizes, y: sizes, z: [...sizes, ...sizes] });
    const foldOf = groupedFolds(classes, groups, 4, createRng(1));
    for (const of of ["x", "y", "z"]) {
      const counts = [0, 1, 2, 3].map((fold) => countOf(classes, of, (i) => foldOf[i] === fold));
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2);
    }
  });

  it("follow the seed, not the order of the samples", () => {
    const { classes, groups } = patients({ x: [3, 3, 3, 3, 3, 3], y: [2, 2, 2, 2, 2, 2] });
    const foldOf = groupedFolds(classes, groups, 3, createRng(1));
    const last = classes.length - 1;
    const reversed = groupedFolds(classes.toReversed(), groups.toReversed(), 3, createRng(1));
    expect([...reversed]).toEqual(classes.map((_, i) => foldOf[last - i]));
    expect(groupedFolds(classes, groups, 3, createRng(2))).not.toEqual(foldOf);
  });
});

describe("a holdout by groups", () => {
  it("takes whole groups, at least one, and leaves one", () => {
    const fraction = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(samples, fraction, fc.integer(), (drawn, share, seed) => {
        const { classes, groups } = namesOf(drawn);
        const apart = groupedHoldout(classes, groups, share, createRng(seed));
        const taken = new Set(groups.filter((_, i) => apart[i]));
        const kept = new Set(groups.filter((_, i) => !apart[i]));
        expect([...taken].filter((each) => kept.has(each))).toEqual([]);
        expect(kept.size).toBeGreaterThan(0);
        if (new Set(groups).size > 1) expect(taken.size).toBeGreaterThan(0);
      }),
    );
  });

  it("is near to the fraction of each class", () => {
    const sizes = Array.from({ length: 20 }, (_, i) => 1 + (i % 5));
    const { classes, groups } = patients({ x: sizes, y: sizes });
    for (let seed = 0; seed < 20; seed++) {
      const apart = groupedHoldout(classes, groups, 0.2, createRng(seed));
      for (const of of ["x", "y"]) {
        // 12 of 60: the rest that no group comes nearer to is below half of the smallest group left.
        expect(Math.abs(countOf(classes, of, (i) => apart[i]) - 12)).toBeLessThanOrEqual(2);
      }
    }
  });

  it("takes none for a fraction of 0", () => {
    const { classes, groups } = patients({ x: [3, 3] });
    expect(groupedHoldout(classes, groups, 0, createRng(1))).toEqual(classes.map(() => false));
  });
});
