import { createRng } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import {
  difference,
  goldenDensities,
  goldenIds,
  goldenImage,
  goldenValues,
  hasGolden,
} from "../testing/golden.test-support.js";
import { drawPatch, STAINS } from "../testing/patches.test-support.js";
import { brightnessMap } from "./brightness.js";
import { measureDensities } from "./densities.js";
import { densitiesInDoubles } from "./densities.test-support.js";
import type { DensitySource } from "./density-source.js";
import { opticalDensityTable } from "./optical-density.js";
import { orderedStains } from "./stain-matrix.js";

const solvers = ["sparse", "least-squares"] as const;
const rng = createRng("densities");
const matrix = orderedStains([0.6, 0.7, 0.3], [0.1, 0.95, 0.3]);

test.each(solvers)("%s: the kernel equals its float64 twin, whatever the size", (solver) => {
  const source: DensitySource = { opticalDensity: opticalDensityTable(), matrix, solver };
  for (const pixels of [1, 2, 3, 4, 5, 257, 32_767, 32_769, 70_001]) {
    const rgb = Uint8Array.from({ length: 3 * pixels }, () => rng.integer(256));
    const ours = measureDensities(rgb, source);
    expect(ours).toHaveLength(2 * pixels);
    expect(difference(ours, densitiesInDoubles(rgb, source)).largest).toBeLessThan(1e-5);
  }
});

test("an image's own stains explain it", () => {
  const { data } = drawPatch();
  const densities = measureDensities(data, { opticalDensity: opticalDensityTable(), matrix: STAINS, solver: "sparse" });
  let worst = 0;
  for (let i = 0; i < densities.length / 2; i++) {
    for (let c = 0; c < 3; c++) {
      const light = 255 * Math.exp(-densities[2 * i] * STAINS[0][c] - densities[2 * i + 1] * STAINS[1][c]);
      worst = Math.max(worst, Math.abs(light - data[3 * i + c]));
    }
  }
  expect(worst).toBeLessThan(4);
});

test.skipIf(!hasGolden)("densities equal the reference's for its stain matrix", async () => {
  for (const id of goldenIds) {
    const { width, data } = await goldenImage(id);
    const values = goldenValues(id);
    const source: DensitySource = {
      opticalDensity: opticalDensityTable(brightnessMap(values.brightness_p90)),
      matrix: values.cosas_exact.stain_matrix,
      solver: "sparse",
    };
    const single = measureDensities(data, source);
    const double = densitiesInDoubles(data, source);
    const expected = goldenDensities(id, "cosas_exact_density_crop64.npy");
    for (let y = 0; y < 64; y++) {
      const row = 2 * ((90 + y) * width + 120);
      const golden = expected.subarray(128 * y, 128 * (y + 1));
      expect(difference(double.subarray(row, row + 128), golden).largest).toBeLessThan(1e-9);
      expect(difference(single.subarray(row, row + 128), golden).largest).toBeLessThan(1e-5);
    }
  }
});
