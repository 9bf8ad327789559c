import { createRng } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { lumaThousandths } from "../../colour-spaces/luma.test-support.js";
import { buildAugmenter, sampleOf } from "../../testing/build.test-support.js";
import { difference } from "../../testing/golden.test-support.js";
import { flat } from "../../testing/patches.test-support.js";
import { greyOf } from "./grey.js";

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

test("the kernel equals its scalar twin, ties included, whatever the size", () => {
  const draw = createRng("grey");
  for (const pixels of [1, 2, 3, 5, 257, 32_769, 70_003]) {
    const rgb = Uint8Array.from({ length: 3 * pixels }, () => draw.integer(256));
    const expected = rgb.map((_, i) => {
      const at = i - (i % 3);
      return Math.floor((lumaThousandths(rgb[at], rgb[at + 1], rgb[at + 2]) + 500) / 1000);
    });
    expect(difference(greyOf({ width: pixels, height: 1, data: rgb }).data, expected).largest).toBe(0);
  }
});
