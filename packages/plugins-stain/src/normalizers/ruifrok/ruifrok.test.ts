import { expect, test } from "vitest";
import { isUnsuitable } from "../../estimation/unsuitable.js";
import { buildNormalizer, sampleOf, stream } from "../../testing/build.test-support.js";
import {
  difference,
  goldenIds,
  goldenImage,
  goldenPath,
  goldenShared,
  hasGolden,
  TARGET,
} from "../../testing/golden.test-support.js";
import { drawPatch } from "../../testing/patches.test-support.js";
import { ruifrokMethod } from "./ruifrok.js";

test.skipIf(!hasGolden).each(goldenIds)("%s: within 1 of TIAToolbox", async (id) => {
  const { it } = await buildNormalizer("stain/ruifrok", { target: goldenPath(TARGET) });
  const { largest, over } = difference(
    it.normalize(await goldenImage(id), id).data,
    (await goldenImage(id, "tiatoolbox_ruifrok.png")).data,
  );
  expect(largest).toBeLessThanOrEqual(1);
  expect(over[0]).toBeLessThan(1e-3);
});

test.skipIf(!hasGolden)("the target's strongest densities", async () => {
  const measured = ruifrokMethod.measure(await goldenImage(TARGET));
  if (isUnsuitable(measured)) throw new Error(measured.unsuitable);
  // There the vectors are a little shorter than 1.
  const lengths = [Math.hypot(0.65, 0.7, 0.29), Math.hypot(0.07, 0.99, 0.11)];
  const [golden] = goldenShared().target_tiatoolbox_ruifrok.max_concentration_p99;
  const ours = measured.strongest.map((strongest, k) => strongest / lengths[k]);
  expect(difference(ours, golden).largest).toBeLessThan(1e-5);
});

test("an image normalised to itself comes back as far as the two vectors explain it", async () => {
  const image = drawPatch(64, 48, [
    [0.65, 0.7043, 0.2856],
    [0.07, 0.9919, 0.1061],
  ]);
  const state = await (await buildNormalizer("stain/ruifrok")).it.fit?.(stream([sampleOf(image, "target")]));
  const { it } = await buildNormalizer("stain/ruifrok", {}, state);
  expect(difference(it.normalize(image, "target").data, image.data).largest).toBeLessThanOrEqual(3);
});
