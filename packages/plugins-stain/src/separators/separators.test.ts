import type { StainSeparation } from "@eosin/plugin-api/imaging";
import { describe, expect, test } from "vitest";
import { angleBetween } from "../estimation/stain-matrix.js";
import { isUnsuitable } from "../estimation/unsuitable.js";
import { buildSeparator } from "../testing/build.test-support.js";
import { goldenDensities, goldenIds, goldenImage, goldenValues, hasGolden } from "../testing/golden.test-support.js";
import { degenerate, drawPatch, STAINS, singleStain } from "../testing/patches.test-support.js";

const basis = { matrix: STAINS };
const forms: readonly (readonly [string, object])[] = [
  ["stain/spcn-separator", {}],
  ["stain/vahadane-separator", {}],
  ["stain/macenko-separator", {}],
  ["stain/macenko-separator", { form: "torchstain" }],
  ["stain/ruifrok-separator", { stains: 2 }],
  ["stain/ruifrok-separator", { stains: 3 }],
  ["stain/basis-separator", basis],
  ["stain/basis-separator", { matrix: [...STAINS, [0.3, 0.1, 0.95]], stains: ["nuclei", "stroma", "dye"], white: 250 }],
];

async function separated(type: string, options: object, image = drawPatch(96, 80)): Promise<StainSeparation> {
  const separation = (await buildSeparator(type, options)).it.separate(image);
  if (isUnsuitable(separation)) throw new Error(separation.unsuitable);
  return separation;
}

describe.each(forms)("%s %j", (type, options) => {
  test("densities and unit vectors of every stain make the picture again", async () => {
    const image = drawPatch(96, 80);
    const before = image.data.slice();
    const { stains, matrix, white, densities } = await separated(type, options, image);
    expect(image.data).toEqual(before);
    expect(matrix).toHaveLength(stains.length);
    expect(densities).toMatchObject({ width: 96, height: 80, stains: stains.length });
    expect(densities.data).toHaveLength(96 * 80 * stains.length);
    let sum = 0;
    for (let pixel = 0; pixel < 96 * 80; pixel++) {
      for (let c = 0; c < 3; c++) {
        const density = matrix.reduce((all, row, s) => all + densities.data[pixel * stains.length + s] * row[c], 0);
        sum += Math.abs(Math.min(255, white * Math.exp(-density)) - image.data[3 * pixel + c]);
      }
    }
    for (const row of matrix) expect(Math.hypot(...row)).toBeCloseTo(1, 6);
    // Fixed vectors that are not this picture's explain less of it.
    expect(sum / image.data.length).toBeLessThan(type.includes("ruifrok") && stains.length === 2 ? 40 : 8);
  });

  test("degenerate pictures: a reason, or finite densities", async () => {
    const { it } = await buildSeparator(type, options);
    for (const image of [...Object.values(degenerate), singleStain]) {
      const separation = it.separate(image);
      if (isUnsuitable(separation)) expect(separation.unsuitable).not.toBe("");
      else expect(separation.densities.data.every(Number.isFinite)).toBe(true);
    }
  });
});

test("names and white as stated", async () => {
  const [type, options] = forms[7];
  expect(await separated(type, options)).toMatchObject({ stains: ["nuclei", "stroma", "dye"], white: 250 });
  expect((await separated("stain/ruifrok-separator", {})).stains).toEqual(["haematoxylin", "eosin", "DAB"]);
});

test("stated vectors that are one", async () => {
  for (const matrix of [
    [STAINS[0], STAINS[0]],
    [STAINS[0], STAINS[1], STAINS[1]],
  ]) {
    await expect(buildSeparator("stain/basis-separator", { matrix })).rejects.toThrow("tell the stains apart");
  }
});

test.skipIf(!hasGolden)("SPCN's and Macenko's stains are the references'", async () => {
  for (const id of goldenIds) {
    const image = await goldenImage(id);
    const values = goldenValues(id);
    const spcn = await separated("stain/spcn-separator", {}, image);
    const golden = goldenDensities(id, "cosas_exact_density_crop64.npy");
    let worst = 0;
    for (let y = 0; y < 64; y++) {
      const row = 2 * ((90 + y) * image.width + 120);
      for (let k = 0; k < 128; k++)
        worst = Math.max(worst, Math.abs(spcn.densities.data[row + k] - golden[128 * y + k]));
    }
    expect(worst).toBeLessThan(1e-3); // of its own stain matrix, which differs by some 0.0005°
    const macenko = await separated("stain/macenko-separator", {}, image);
    const torchstain = await separated("stain/macenko-separator", { form: "torchstain" }, image);
    const columns: number[][] =
      values.macenko_torchstain_numpy.HE_3x2 ?? values.macenko_torchstain_numpy.stain_matrix_3x2;
    for (const k of [0, 1] as const) {
      expect(angleBetween(macenko.matrix[k], values.macenko_staintools.stain_matrix[k])).toBeLessThan(0.05);
      const column = columns.map((row) => row[k]) as [number, number, number];
      expect(angleBetween(torchstain.matrix[k], column)).toBeLessThan(0.05);
    }
  }
});
