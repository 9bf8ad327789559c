import { createRng } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { stainKernels } from "../pixel-kernels/stain-kernels.js";
import { difference } from "../testing/golden.test-support.js";
import { colourMoments } from "./colour-moments.js";
import { learnTwoAtoms } from "./dictionary-learning.js";
import { opticalDensityTable } from "./optical-density.js";
import { angleBetween, orderedStains } from "./stain-matrix.js";
import { solveTwoAtomLasso, twoAtomLasso } from "./two-atom-lasso.js";
import { type WeightedColours, weightedColours } from "./weighted-colours.js";

const rng = createRng("dictionary");

function colours(pixels: number, distinct = 1 << 24): WeightedColours {
  const packed = Uint32Array.from({ length: pixels }, () => rng.integer(distinct));
  return weightedColours(packed, opticalDensityTable());
}

test("distinct colours in order, each with its number of pixels", () => {
  const { red, green, blue, weight, count, pixels } = weightedColours(
    Uint32Array.of(0x0000ff, 0x010000, 0x0000ff, 0x000100),
    Float64Array.from({ length: 256 }, (_, v) => v),
  );
  expect([count, pixels]).toEqual([3, 4]);
  expect([...red.subarray(0, 3)]).toEqual([0, 0, 1]);
  expect([...green.subarray(0, 3)]).toEqual([0, 1, 0]);
  expect([...blue.subarray(0, 3)]).toEqual([255, 0, 0]);
  expect([...weight.subarray(0, 3)]).toEqual([2, 1, 1]);
});

test("the kernel's moments equal sums in double precision, also beyond its memory", () => {
  const atoms = orderedStains([0.6, 0.7, 0.3], [0.1, 0.95, 0.3]);
  for (const pixels of [1, 5, 4000, stainKernels().at.COLOURS + 30_001]) {
    const some = colours(pixels, 1 << 23);
    const lasso = twoAtomLasso(atoms, 0.1);
    const expected = new Float64Array(9);
    for (let i = 0; i < some.count; i++) {
      const x = [some.red[i], some.green[i], some.blue[i]] as const;
      const [a, b] = solveTwoAtomLasso(lasso, x);
      [a * a, a * b, b * b, ...x.map((v) => v * a), ...x.map((v) => v * b)].forEach((term, k) => {
        expected[k] += (some.weight[i] * term) / some.pixels;
      });
    }
    const { coefficients, cross } = colourMoments(some)(atoms, 0.1, 1);
    expect(difference([...coefficients, ...cross], expected).largest).toBeLessThan(1e-5);
  }
});

test("where it ends, another run stays", () => {
  const some = colours(6000, 1 << 22);
  const { atoms, usage } = learnTwoAtoms(some);
  const again = learnTwoAtoms(some, { start: atoms });
  for (const k of [0, 1] as const) {
    expect(angleBetween(atoms[k], again.atoms[k])).toBeLessThan(0.01);
    expect(usage[k]).toBeGreaterThan(0);
  }
});
