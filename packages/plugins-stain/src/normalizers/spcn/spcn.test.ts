import { expect, test } from "vitest";
import { orderedStains } from "../../estimation/stain-matrix.js";
import { buildNormalizer, sampleOf, stream } from "../../testing/build.test-support.js";
import {
  difference,
  goldenIds,
  goldenImage,
  goldenPath,
  hasGolden,
  TARGET,
} from "../../testing/golden.test-support.js";
import { degenerate, drawPatch, STAINS } from "../../testing/patches.test-support.js";

test.skipIf(!hasGolden).each(goldenIds)("equals the exact pipeline: %s", async (id) => {
  const { it } = await buildNormalizer("stain/spcn", { target: goldenPath(TARGET) });
  const ours = it.normalize(await goldenImage(id), id).data;
  const exact = difference(ours, (await goldenImage(id, "cosas_spcn_exact.png")).data);
  expect(exact.largest).toBeLessThanOrEqual(2);
  expect(exact.over[1]).toBeLessThan(1e-3);
  expect(exact.over[0]).toBeLessThan(1e-3);
  const spams = difference(ours, (await goldenImage(id, "cosas_spcn.png")).data);
  expect(spams.largest).toBeLessThanOrEqual(2);
});

const build = async () => {
  const other = drawPatch(64, 64, orderedStains([0.6, 0.7, 0.39], [0.2, 0.88, 0.43]));
  const state = await (await buildNormalizer("stain/spcn")).it.fit?.(stream([sampleOf(other, "target")]));
  return buildNormalizer("stain/spcn", {}, state);
};

test("keeps size, changes colours, leaves the input alone", async () => {
  const { it } = await build();
  const image = drawPatch(80, 40, STAINS, 3);
  const before = image.data.slice();
  const out = it.normalize(image, "patch");
  expect(out).toMatchObject({ width: 80, height: 40 });
  expect(out.data).not.toEqual(before);
  expect(image.data).toEqual(before);
});

test("an image normalised to itself comes back as far as two stains explain it", async () => {
  const image = drawPatch(96, 96);
  const state = await (await buildNormalizer("stain/spcn")).it.fit?.(stream([sampleOf(image, "target")]));
  const { it } = await buildNormalizer("stain/spcn", {}, state);
  const { data } = it.normalize(image, "target");
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += Math.abs(data[i] - image.data[i]);
  expect(sum / data.length).toBeLessThan(4);
});

test.each(Object.entries(degenerate))("%s passes through, said once by name", async (name, image) => {
  const { it, warnings } = await build();
  expect(it.normalize(image, name)).toBe(image);
  it.normalize(image, name);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain(name);
});
