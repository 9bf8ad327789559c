import { createRng } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { difference, goldenDensities, goldenIds, goldenImage, goldenValues, hasGolden } from "../../test/golden.js";
import { brightnessMap } from "./brightness.js";
import { sparseDensities } from "./densities.js";
import { opticalDensityTable } from "./optical-density.js";
import { dot, orderedStains, type StainVector } from "./stain-matrix.js";
import { solveTwoAtomLasso, twoAtomLasso } from "./two-atom-lasso.js";

const rng = createRng("lasso");
const vector = (scale = 1): StainVector => [scale * rng.uniform(), scale * rng.uniform(), scale * rng.uniform()];

test("the closed form meets the optimality conditions", () => {
  for (let round = 0; round < 2000; round++) {
    const atoms = [vector(), vector()] as const;
    const lambda = 0.2 * rng.uniform();
    const x = vector(round % 4 === 0 ? -1 : 3);
    const alpha = solveTwoAtomLasso(twoAtomLasso(atoms, lambda), x);
    const residual = [0, 1, 2].map((c) => x[c] - alpha[0] * atoms[0][c] - alpha[1] * atoms[1][c]);
    for (const k of [0, 1]) {
      const slope = lambda - dot(atoms[k], residual as unknown as StainVector);
      expect(alpha[k]).toBeGreaterThanOrEqual(0);
      expect(slope).toBeGreaterThan(-1e-8);
      expect(Math.abs(slope * alpha[k])).toBeLessThan(1e-7);
    }
  }
});

test("the loop over an image equals the scalar definition", () => {
  const matrix = orderedStains([0.6, 0.7, 0.3], [0.1, 0.95, 0.3]);
  const rgb = Uint8Array.from({ length: 3 * 4000 }, () => rng.integer(256));
  const table = opticalDensityTable();
  const densities = new Float64Array(8000);
  sparseDensities(rgb, table, matrix, densities);
  const lasso = twoAtomLasso(matrix, 0.01);
  for (let i = 0; i < 4000; i++) {
    const x = [table[rgb[3 * i]], table[rgb[3 * i + 1]], table[rgb[3 * i + 2]]] as const;
    const expected = solveTwoAtomLasso(lasso, x);
    expect(difference(densities.subarray(2 * i, 2 * i + 2), expected).largest).toBeLessThan(1e-12);
  }
});

test.skipIf(!hasGolden)("densities equal the reference's for its stain matrix", async () => {
  for (const id of goldenIds) {
    const { width, data } = await goldenImage(id);
    const values = goldenValues(id);
    const densities = new Float64Array((2 * data.length) / 3);
    const map = brightnessMap(values.brightness_p90);
    sparseDensities(data, opticalDensityTable(map), values.cosas_exact.stain_matrix, densities);
    const expected = goldenDensities(id, "cosas_exact_density_crop64.npy");
    for (let y = 0; y < 64; y++) {
      const row = 2 * ((90 + y) * width + 120);
      const golden = expected.subarray(128 * y, 128 * (y + 1));
      expect(difference(densities.subarray(row, row + 128), golden).largest).toBeLessThan(1e-9);
    }
  }
});
