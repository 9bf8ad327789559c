import { createRng } from "@eosin/plugin-api";
import type { RgbImage } from "@eosin/plugin-api/imaging";
import { expect, test } from "vitest";
import { tissueMask } from "../../estimation/tissue.test-support.js";
import { buildAugmenter, sampleOf } from "../../testing/build.test-support.js";
import { goldenIds, goldenImage, hasGolden } from "../../testing/golden.test-support.js";
import { degenerate, drawPatch, STAINS, shuffled, singleStain } from "../../testing/patches.test-support.js";
import { drawPerturbation } from "./perturbation.js";

const type = "stain/separation-augment";
const still = { densityScale: 0, densityShift: 0, saturation: 0, value: 0 };

function meanError(a: RgbImage, b: RgbImage): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += Math.abs(a.data[i] - b.data[i]);
  return sum / a.data.length;
}

test("without perturbation only what two stains cannot tell is lost", async () => {
  const image = drawPatch(96, 96);
  const { it } = await buildAugmenter(type, still);
  expect(meanError(it.apply(sampleOf(image), createRng(1)).image, image)).toBeLessThan(4);
});

test.skipIf(!hasGolden)("the same on real patches", async () => {
  const { it } = await buildAugmenter(type, still);
  for (const id of goldenIds) {
    const image = await goldenImage(id);
    expect(meanError(it.apply(sampleOf(image, id), createRng(1)).image, image)).toBeLessThan(5);
  }
});

test("background keeps every bit, tissue changes, the input is not edited", async () => {
  const image = drawPatch();
  const before = image.data.slice();
  const { it } = await buildAugmenter(type);
  const out = it.apply(sampleOf(image), createRng(5)).image;
  expect(image.data).toEqual(before);
  const mask = tissueMask(image.data);
  let changed = 0;
  mask.forEach((tissue, i) => {
    const same = [0, 1, 2].every((c) => out.data[3 * i + c] === image.data[3 * i + c]);
    if (tissue === 0) expect(same).toBe(true);
    else if (!same) changed++;
  });
  expect(changed).toBeGreaterThan(1000);
});

test("pixels: all changes the background too", async () => {
  const image = drawPatch();
  const { it } = await buildAugmenter(type, { ...still, densityShift: 3, distribution: "uniform", pixels: "all" });
  const shifts = Array.from({ length: 8 }, (_, k) => it.apply(sampleOf(image), createRng(k)).image.data[0]);
  expect(Math.min(...shifts)).toBeLessThan(250);
});

test("the same key gives the same bytes, whatever was separated before", async () => {
  const sample = sampleOf(drawPatch());
  const { it } = await buildAugmenter(type);
  const expected = it.apply(sample, createRng("key")).image.data;
  const { it: other } = await buildAugmenter(type);
  other.apply(sampleOf(shuffled(sample.image)), createRng("first"));
  other.apply(sampleOf(drawPatch(64, 48, undefined, 2)), createRng("second"));
  expect(other.apply(sample, createRng("key")).image.data).toEqual(expected);
  expect(other.apply(sample, createRng("another")).image.data).not.toEqual(expected);
});

test("a permutation of the pixels is augmented to the permutation of the augmented pixels", async () => {
  const image = drawPatch();
  const { it } = await buildAugmenter(type);
  const augmented = it.apply(sampleOf(image), createRng(3)).image;
  expect(it.apply(sampleOf(shuffled(image)), createRng(3)).image.data).toEqual(shuffled(augmented).data);
});

test("on Macenko's stains: tissue alone changes, by the same key to the same bytes", async () => {
  const image = drawPatch(96, 96);
  const { it } = await buildAugmenter(type, { separation: "macenko" });
  const once = it.apply(sampleOf(image), createRng(2)).image;
  expect(it.apply(sampleOf(image), createRng(2)).image).toEqual(once);
  const mask = tissueMask(image.data);
  expect(mask.every((tissue, i) => tissue === 1 || once.data[3 * i] === image.data[3 * i])).toBe(true);
  expect(once.data).not.toEqual(image.data);
  expect(once.data).not.toEqual((await buildAugmenter(type)).it.apply(sampleOf(image), createRng(2)).image.data);
  const { it: unmoved } = await buildAugmenter(type, { ...still, separation: "macenko" });
  expect(meanError(unmoved.apply(sampleOf(image), createRng(1)).image, image)).toBeLessThan(4);
});

test("density targets follow the picture", async () => {
  const image = drawPatch();
  const { it: targets } = await buildAugmenter("stain/density-targets");
  const sample = targets.apply(sampleOf(image), createRng(0));
  const { it } = await buildAugmenter(type, { ...still, densityScale: 0.3 });
  const out = it.apply(sample, createRng(9));
  const { scale } = drawPerturbation(STAINS, { ...still, densityScale: 0.3, distribution: "normal" }, drawn(9));
  const mask = tissueMask(image.data);
  let checked = 0;
  mask.forEach((tissue, i) => {
    for (const s of [0, 1]) {
      const before = sample.density?.data[2 * i + s] as number;
      expect(out.density?.data[2 * i + s]).toBeCloseTo(tissue ? before * scale[s] : before, 5);
      checked++;
    }
  });
  expect(checked).toBe(2 * 64 * 48);
  expect(sample.density).not.toBe(out.density);
});

/** The stream as it stands when the perturbation is drawn: after the draw for `p`. */
function drawn(key: number) {
  const rng = createRng(key);
  rng.chance(1);
  return rng;
}

test("normal and uniform spreads", () => {
  const options = { ...still, densityScale: 0.2, densityShift: 0.1 };
  for (const [distribution, factor] of [
    ["normal", 1],
    ["uniform", 1 / Math.sqrt(3)],
  ] as const) {
    const rng = createRng(distribution);
    const draws = Array.from({ length: 8000 }, () => drawPerturbation(STAINS, { ...options, distribution }, rng));
    const deviation = (values: number[], centre: number) =>
      Math.sqrt(values.reduce((sum, v) => sum + (v - centre) ** 2, 0) / values.length);
    expect(
      deviation(
        draws.map((d) => d.scale[1]),
        1,
      ) /
        (0.2 * factor),
    ).toBeCloseTo(1, 1);
    expect(
      deviation(
        draws.map((d) => d.shift[0]),
        0,
      ) /
        (0.1 * factor),
    ).toBeCloseTo(1, 1);
  }
});

test.each([...Object.entries(degenerate), ["one stain", singleStain] as const])(
  "%s passes through, said once by name",
  async (name, image) => {
    const { it, warnings } = await buildAugmenter(type);
    const sample = sampleOf(image, name);
    for (const key of [1, 2, 3]) expect(it.apply(sample, createRng(key))).toBe(sample);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(name);
  },
);
