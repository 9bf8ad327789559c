import { createRng } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { buildAugmenter, sampleOf } from "../../testing/build.test-support.js";
import { degenerate, drawPatch } from "../../testing/patches.test-support.js";

const sample = sampleOf(drawPatch());
const meanChange = async (options: object) => {
  const { it } = await buildAugmenter("stain/hed-jitter", options);
  let sum = 0;
  for (let key = 0; key < 20; key++) {
    const { data } = it.apply(sample, createRng(key)).image;
    for (let i = 0; i < data.length; i++) sum += Math.abs(data[i] - sample.image.data[i]);
  }
  return sum / 20 / sample.image.data.length;
};

test("θ = 0 changes no more than colours outside the three stains", async () => {
  expect(await meanChange({ theta: 0 })).toBeLessThan(3);
});

test("strength follows θ and shift", async () => {
  const light = await meanChange({ theta: 0.05 });
  expect(await meanChange({ theta: 0.2 })).toBeGreaterThan(light);
  expect(await meanChange({ theta: 0.05, shift: 0.005 })).toBeLessThan(light / 2);
});

test.each(Object.entries(degenerate))("%s stays one picture of its size", async (_, image) => {
  const { it } = await buildAugmenter("stain/hed-jitter", { theta: 0.05, shift: 0 });
  const out = it.apply(sampleOf(image), createRng(1)).image;
  expect(out.data.length).toBe(image.data.length);
  const pixel = image.data.length - 3;
  if (image.data.every((v, i) => v === image.data[pixel + (i % 3)])) {
    expect(out.data.every((v, i) => v === out.data[i % 3])).toBe(true);
  }
});
