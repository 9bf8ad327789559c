import type { Mask } from "@eosin/plugin-api/imaging";
import { expect, test } from "vitest";
import { MinorRegionFilter } from "./minor-region-filter.js";
import { minorRegionFilterOptions } from "./options.js";

const covering = (ones: number): Mask => ({
  width: 10,
  height: 10,
  data: Uint8Array.from({ length: 100 }, (_, i) => (i < ones ? 1 : 0)),
});
const coverage = (mask: Mask) => mask.data.reduce((sum, value) => sum + value, 0);

test("drops up to 5 % inclusive, fills above 95 % exclusive, keeps the rest as it is", () => {
  const filter = new MinorRegionFilter(minorRegionFilterOptions.parse({}));
  expect([0, 5, 6, 95, 96, 100].map((ones) => coverage(filter.apply(covering(ones))))).toEqual([0, 0, 6, 95, 100, 100]);
  const kept = covering(40);
  expect(filter.apply(kept)).toBe(kept);
});

test("does not edit its input", () => {
  const input = covering(3);
  new MinorRegionFilter({ below: 0.05, above: 0.95 }).apply(input);
  expect(coverage(input)).toBe(3);
});

test("refuses thresholds that overlap", () => {
  expect(minorRegionFilterOptions.safeParse({ below: 0.6, above: 0.5 }).success).toBe(false);
});
