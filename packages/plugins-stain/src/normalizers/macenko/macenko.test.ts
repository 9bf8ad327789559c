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
import { degenerate, drawPatch, STAINS, shuffled, singleStain } from "../../testing/patches.test-support.js";
import { macenkoMethod } from "./macenko.js";

const forms = ["staintools", "torchstain"] as const;
const goldenFile = { staintools: "staintools_macenko.png", torchstain: "torchstain_macenko_numpy.png" };

describe.skipIf(!hasGolden).each(forms)("against %s", (form) => {
  test.each(goldenIds)("%s: within 1, fewer than 1 of 1,000 values", async (id) => {
    const { it } = await buildNormalizer("stain/macenko", { form, target: goldenPath(TARGET) });
    const { largest, over } = difference(
      it.normalize(await goldenImage(id), id).data,
      (await goldenImage(id, goldenFile[form])).data,
    );
    expect(largest).toBeLessThanOrEqual(1);
    expect(over[0]).toBeLessThan(1e-3);
  });

  test("the target's stain matrix and strongest densities", async () => {
    const measured = macenkoMethod(form).measure(await goldenImage(TARGET));
    if ("unsuitable" in measured) throw new Error(measured.unsuitable);
    const shared = goldenShared();
    const matrix: number[][] =
      form === "staintools"
        ? shared.target_staintools_macenko.matrix
        : [0, 1].map((s) => shared.target_torchstain_numpy.HE_3x2.map((row: number[]) => row[s]));
    const strongest: number[] =
      form === "staintools"
        ? shared.target_staintools_macenko.max_concentration_p99[0]
        : shared.target_torchstain_numpy.maxC;
    expect(difference(measured.matrix.flat(), matrix.flat()).largest).toBeLessThan(2e-6);
    expect(difference(measured.strongest, strongest).largest).toBeLessThan(5e-6);
  });
});

describe.each(forms)("%s", (form) => {
  const white = form === "torchstain" ? 239 : 255;
  const target = sampleOf(drawPatch(64, 48, STAINS, 1, white), "target");
  const build = async () => {
    const state = await (await buildNormalizer("stain/macenko", { form })).it.fit?.(stream([target]));
    return buildNormalizer("stain/macenko", { form }, state);
  };

  test("an image of two stains normalised to itself comes back within rounding", async () => {
    const { it } = await build();
    const before = target.image.data.slice();
    const { over } = difference(it.normalize(target.image, "target").data, before);
    expect(over[2]).toBeLessThan(0.01);
    expect(target.image.data).toEqual(before);
  });

  test("the order of the pixels does not matter", () => {
    const method = macenkoMethod(form);
    const one = method.measure(target.image);
    const other = method.measure(shuffled(target.image));
    if ("unsuitable" in one || "unsuitable" in other) throw new Error("unsuitable");
    expect(difference(one.matrix.flat(), other.matrix.flat()).largest).toBeLessThan(2e-6);
  });

  test.each([...Object.entries(degenerate), ["one stain", singleStain] as const])(
    "%s passes through, said once by name",
    async (name, image) => {
      const { it, warnings } = await build();
      expect(it.normalize(image, name)).toBe(image);
      expect(it.normalize(image, name)).toBe(image);
      expect(warnings).toHaveLength(1);
      expect(warnings[0]).toContain(name);
    },
  );
});
