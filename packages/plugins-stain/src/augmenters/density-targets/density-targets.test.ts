import { createRng } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { buildAugmenter, sampleOf } from "../../testing/build.test-support.js";
import { difference, goldenDensities, goldenIds, goldenImage, hasGolden } from "../../testing/golden.test-support.js";
import { degenerate, drawPatch } from "../../testing/patches.test-support.js";

test("adds two densities a pixel and keeps the picture", async () => {
  const { it } = await buildAugmenter("stain/density-targets");
  const sample = sampleOf(drawPatch());
  const out = it.apply(sample, createRng(1));
  expect(out.image).toBe(sample.image);
  expect(out.density).toMatchObject({ width: 64, height: 48, stains: 2 });
  expect(out.density?.data.length).toBe(2 * 64 * 48);
  expect(it.apply(sample, createRng(2)).density).toEqual(out.density);
});

test.skipIf(!hasGolden)("equals the reference's densities", async () => {
  const { it } = await buildAugmenter("stain/density-targets");
  for (const id of goldenIds) {
    const { density } = it.apply(sampleOf(await goldenImage(id), id), createRng(0));
    const expected = goldenDensities(id, "cosas_exact_density_crop64.npy");
    for (let y = 0; y < 64; y++) {
      const row = 2 * ((90 + y) * 300 + 120);
      const ours = density?.data.subarray(row, row + 128) as Float32Array;
      expect(difference(ours, expected.subarray(128 * y, 128 * (y + 1))).largest).toBeLessThan(1e-4);
    }
  }
});

test.each(Object.entries(degenerate))("%s: finite densities from reference vectors, said once", async (name, image) => {
  const { it, warnings } = await buildAugmenter("stain/density-targets");
  const first = it.apply(sampleOf(image, name), createRng(1));
  it.apply(sampleOf(image, name), createRng(2));
  expect(first.density?.data.every((density) => Number.isFinite(density) && density >= 0)).toBe(true);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain(name);
});

test("white has no stain", async () => {
  const { it } = await buildAugmenter("stain/density-targets");
  expect(it.apply(sampleOf(degenerate.white), createRng(1)).density?.data.every((d) => d === 0)).toBe(true);
});
