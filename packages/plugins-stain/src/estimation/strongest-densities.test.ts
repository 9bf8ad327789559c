import { createRng } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { percentile, rankOf } from "../statistics/percentile.js";
import { selectByBrackets } from "./bracketed-selection.js";
import { densitiesInDoubles } from "./densities.test-support.js";
import type { DensitySource } from "./density-source.js";
import { opticalDensityTable } from "./optical-density.js";
import { orderedStains } from "./stain-matrix.js";
import { strongestDensities } from "./strongest-densities.js";

const rng = createRng("strongest");
const matrix = orderedStains([0.6, 0.7, 0.3], [0.1, 0.95, 0.3]);

test.each(["sparse", "least-squares"] as const)("%s: the 99th percentiles of the float64 twin", (solver) => {
  const source: DensitySource = { opticalDensity: opticalDensityTable(), matrix, solver };
  for (const [pixels, range] of [
    [1, 256],
    [7, 256],
    [1001, 256],
    [40_003, 256],
    [70_000, 3],
  ]) {
    const rgb = Uint8Array.from({ length: 3 * pixels }, () => 256 - range + rng.integer(range));
    const all = densitiesInDoubles(rgb, source);
    const ours = strongestDensities(rgb, source);
    for (const stain of [0, 1]) {
      const expected = percentile(
        all.filter((_, i) => i % 2 === stain),
        99,
      );
      expect(ours[stain]).toBeCloseTo(expected, 4);
    }
  }
});

test("a sample that misleads costs another pass, not the result", () => {
  const values = Float32Array.from({ length: 5000 }, (_, i) => (i * 7919) % 5000);
  let passes = 0;
  const over = (some: Float32Array) => (first: { from: number; to: number }, second: { from: number; to: number }) => {
    const collect = ({ from, to }: { from: number; to: number }) => ({
      below: some.filter((v) => v < from).length,
      inside: some.filter((v) => v >= from && v <= to),
    });
    return [collect(first), collect(second)] as const;
  };
  const [low, high] = selectByBrackets(
    [rankOf(1, values.length), rankOf(99, values.length)],
    values.length,
    // All of the sample lies at one end.
    over(values.filter((v) => v > 4900)),
    (first, second) => {
      passes++;
      return over(values)(first, second);
    },
  );
  expect([low[0], low[1]]).toEqual([49, 50]);
  expect([high[0], high[1]]).toEqual([4949, 4950]);
  expect(passes).toBeGreaterThan(1);
});
