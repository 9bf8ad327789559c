import { createRng } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { percentile, percentileOfHistogram } from "./percentile.js";

function bySorting(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (q / 100) * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
}

test("percentiles of reals and of histograms equal those of the sorted values", () => {
  const rng = createRng("percentile");
  for (let round = 0; round < 300; round++) {
    const values = Array.from({ length: 1 + rng.integer(200) }, () => rng.integer(round % 3 === 0 ? 4 : 256));
    const counts = new Uint32Array(256);
    for (const value of values) counts[value]++;
    for (const q of [0, 1, 50, 90, 99, 100, 100 * rng.uniform()]) {
      expect(percentile(Float64Array.from(values), q)).toBeCloseTo(bySorting(values, q), 10);
      expect(percentileOfHistogram(counts, q)).toBeCloseTo(bySorting(values, q), 10);
    }
  }
});
