import { createRng } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { buildAugmenter, sampleOf } from "../../test/build.js";
import { flat } from "../../test/patches.js";

test("luma in all channels", async () => {
  const { it } = await buildAugmenter("stain/grey");
  const sample = sampleOf(flat(200, 100, 50, 2, 1));
  expect([...it.apply(sample, createRng(1)).image.data]).toEqual([124, 124, 124, 124, 124, 124]);
  expect(sample.image.data[0]).toBe(200);
});

test("with probability p", async () => {
  const { it } = await buildAugmenter("stain/grey", { p: 0.3 });
  const sample = sampleOf(flat(200, 100, 50, 2, 1));
  const changed = Array.from({ length: 1000 }, (_, key) => it.apply(sample, createRng(key)) !== sample);
  expect(Math.abs(changed.filter(Boolean).length / 1000 - 0.3)).toBeLessThan(0.05);
});
