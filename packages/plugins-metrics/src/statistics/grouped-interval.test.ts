import { expect, it } from "vitest";
import { bootstrapInterval, groupedInterval, groupMeans, wilcoxonSignedRank } from "./index.js";

const seed = 3;
/** `size` patches of each patient, all of one value. */
const patients = (values: readonly number[], size: number) => ({
  values: values.flatMap((value) => Array<number>(size).fill(value)),
  groups: values.flatMap((_, index) => Array<string>(size).fill(`patient ${index}`)),
});

it("draws whole groups: fifty patches of one patient are one case", () => {
  const { values, groups } = patients([0, 1], 50);
  // One by one, a hundred patches seem to pin the mean down.
  const naive = bootstrapInterval(values, { seed });
  expect(naive.high - naive.low).toBeLessThan(0.25);
  // In truth there are two cases: one resample of four has the first alone, one the second alone.
  expect(groupedInterval(values, groups, { seed })).toEqual({ low: 0, high: 1 });
});

it("weighs groups by their patches", () => {
  const values = [1, 1, 1, 1, 1, 1, 1, 1, 1, 0];
  const groups = [...Array<string>(9).fill("large"), "small"];
  const { low, high } = groupedInterval(values, groups, { seed, resamples: 20_000, level: 0.4 });
  // 0, 0.9, 0.9 and 1 are equally likely: the middle is the mean over patches.
  expect([low, high]).toEqual([0.9, 0.9]);
});

it("is the bootstrap of images where each is a group of its own, in any order of the groups", () => {
  const values = Array.from({ length: 30 }, (_, i) => Math.sin(i));
  const own = values.map((_, i) => String(i));
  expect(groupedInterval(values, own, { seed })).toEqual(bootstrapInterval(values, { seed }));
  expect(groupedInterval([], [], { seed })).toEqual({ low: Number.NaN, high: Number.NaN });
});

it("has the width that theory gives: of group means, not of patches", () => {
  const means = Array.from({ length: 40 }, (_, i) => (i % 8) / 8);
  const { values, groups } = patients(means, 25);
  const deviation = Math.sqrt(means.reduce((sum, each) => sum + (each - 0.4375) ** 2, 0) / 40 / 40);
  const { low, high } = groupedInterval(values, groups, { seed });
  expect((high - low) / (2 * 1.96 * deviation)).toBeCloseTo(1, 1);
});

it("the test of group means is not fooled by patches of the same patients", () => {
  const { values, groups } = patients([0.1, 0.2, 0.3], 20);
  expect(wilcoxonSignedRank(values).p).toBeLessThan(1e-9);
  expect(groupMeans(values, groups).map((each) => Number(each.toFixed(9)))).toEqual([0.1, 0.2, 0.3]);
  // Three cases cannot say more than 2 · 2⁻³.
  expect(wilcoxonSignedRank(groupMeans(values, groups)).p).toBe(0.25);
});
