import { describe, expect, test } from "vitest";
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
import { degenerate, drawPatch, STAINS } from "../../testing/patches.test-support.js";

describe.skipIf(!hasGolden)("against StainTools", () => {
  test.each(goldenIds.filter((id) => id !== TARGET))("bit for bit: %s", async (id) => {
    const { it } = await buildNormalizer("stain/reinhard", { target: goldenPath(TARGET) });
    const ours = it.normalize(await goldenImage(id), id);
    expect(difference(ours.data, (await goldenImage(id, "staintools_reinhard.png")).data).largest).toBe(0);
  });

  test("the target onto itself: within 2 (its values sit on whole numbers)", async () => {
    const { it } = await buildNormalizer("stain/reinhard", { target: goldenPath(TARGET) });
    const ours = it.normalize(await goldenImage(TARGET), TARGET);
    expect(
      difference(ours.data, (await goldenImage(TARGET, "staintools_reinhard.png")).data).largest,
    ).toBeLessThanOrEqual(2);
  });

  test("the target chosen by the LAB median", async () => {
    const { it } = await buildNormalizer("stain/reinhard");
    const { image_order: order, find_median_lab_image: choice } = goldenShared();
    const samples = await Promise.all(order.map(async (id: string) => sampleOf(await goldenImage(id), id)));
    expect(await it.fit?.(stream(samples))).toMatchObject({ patch: choice.chosen });
  });
});

describe.skipIf(!hasGolden)("against torchstain", () => {
  test.each(goldenIds)("LAB in real numbers, within 1: %s", async (id) => {
    const { it } = await buildNormalizer("stain/reinhard", { lab: "float", target: goldenPath(TARGET) });
    const ours = it.normalize(await goldenImage(id), id);
    const { largest, over } = difference(ours.data, (await goldenImage(id, "torchstain_reinhard_numpy.png")).data);
    expect(largest).toBeLessThanOrEqual(1);
    // The target onto itself sits on whole numbers.
    if (id !== TARGET) expect(over[0]).toBeLessThan(1e-3);
  });
});

const target = sampleOf(drawPatch(), "target");

test("an image normalised to itself comes back within the rounding of 8-bit LAB", async () => {
  const state = await (await buildNormalizer("stain/reinhard")).it.fit?.(stream([target]));
  const { it } = await buildNormalizer("stain/reinhard", {}, state);
  const before = target.image.data.slice();
  expect(difference(it.normalize(target.image, "target").data, before).largest).toBeLessThanOrEqual(5);
  expect(target.image.data).toEqual(before);
});

test.each(Object.entries(degenerate))("%s passes through, said once by name", async (name, image) => {
  const state = await (await buildNormalizer("stain/reinhard")).it.fit?.(stream([target]));
  const { it, warnings } = await buildNormalizer("stain/reinhard", {}, state);
  expect(it.normalize(image, name)).toBe(image);
  expect(it.normalize(image, name)).toBe(image);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain(name);
});

test("faults say what to do", async () => {
  await expect(buildNormalizer("stain/reinhard", { target: "no-such.png" })).rejects.toMatchObject({
    code: "TARGET_UNREADABLE",
    place: "no-such.png",
  });
  const { it } = await buildNormalizer("stain/reinhard");
  expect(() => it.normalize(drawPatch(32, 32, STAINS), "patch")).toThrow(
    expect.objectContaining({ code: "NOT_FITTED" }),
  );
  await expect(it.fit?.(stream([sampleOf(degenerate.white)]))).rejects.toMatchObject({ code: "TARGET_UNSUITABLE" });
});
