import { createRng } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { buildAugmenter, sampleOf } from "../../testing/build.test-support.js";
import { difference } from "../../testing/golden.test-support.js";
import { drawPatch } from "../../testing/patches.test-support.js";
import { brightness, type Change, contrast, hue, saturation } from "./change.js";
import { scalarBrightness, scalarContrast, scalarHue, scalarSaturation } from "./change.test-support.js";
import { changeImage } from "./change-image.js";
import { colourJitterOptions } from "./options.js";

const row = (data: Uint8Array) => ({ width: data.length / 3, height: 1, data });
const changed = (change: Change, ...bytes: number[]) => [...changeImage(row(Uint8Array.from(bytes)), [change]).data];

test("brightness multiplies and clips", () => {
  expect(changed(brightness(1.5), 10, 101, 200)).toEqual([15, 152, 255]);
  expect(changed(brightness(0), 10, 101, 200)).toEqual([0, 0, 0]);
});

test("contrast moves values about the mean grey", () => {
  expect(changed(contrast(0.5), 0, 0, 0, 200, 200, 200)).toEqual([50, 50, 50, 150, 150, 150]);
  expect(changed(contrast(0), 10, 20, 30)).toEqual([18, 18, 18]);
});

test("saturation moves each pixel about its own grey", () => {
  expect(changed(saturation(0), 255, 0, 0)).toEqual([76, 76, 76]);
  expect(changed(saturation(1), 12, 34, 56)).toEqual([12, 34, 56]);
});

test("hue turns: a third of a turn takes red to green", () => {
  expect(changed(hue(1 / 3), 255, 0, 0)).toEqual([0, 255, 0]);
  expect(changed(hue(-1 / 3), 255, 0, 0)).toEqual([0, 0, 255]);
  expect(changed(hue(0), 12, 34, 56)).toEqual([12, 34, 56]);
});

const draw = createRng("colour jitter");
const sizes = [1, 2, 3, 5, 15, 17, 257, 32_769, 70_003];
const chains = [
  { name: "brightness", ours: [brightness(1.37)], twins: [scalarBrightness(1.37)] },
  { name: "contrast", ours: [contrast(0.83)], twins: [scalarContrast(0.83)] },
  { name: "hue, back", ours: [hue(-0.07)], twins: [scalarHue(-0.07)] },
  { name: "hue, on", ours: [hue(0.5)], twins: [scalarHue(0.5)] },
  {
    name: "hue, contrast and brightness, one behind the other",
    ours: [hue(0.21), contrast(1.4), brightness(0.9), contrast(0.7)],
    twins: [scalarHue(0.21), scalarContrast(1.4), scalarBrightness(0.9), scalarContrast(0.7)],
  },
];

test.each(chains)("the kernels equal their scalar twins, whatever the size: $name", ({ ours, twins }) => {
  for (const pixels of sizes) {
    const rgb = Uint8Array.from({ length: 3 * pixels }, () => draw.integer(256));
    const before = rgb.slice();
    const { data } = changeImage(row(rgb), ours);
    expect(rgb).toEqual(before);
    for (const twin of twins) twin(rgb);
    expect(difference(data, rgb).largest).toBe(0);
  }
});

test.each([0, 0.9137, 1, 1.0873, 2.7391])(
  "saturation by %d equals its twin but for values on the edge of two bytes",
  (factor) => {
    for (const pixels of sizes) {
      const rgb = Uint8Array.from({ length: 3 * pixels }, () => draw.integer(256));
      const { data } = changeImage(row(rgb), [saturation(factor)]);
      scalarSaturation(factor)(rgb);
      const { largest, over } = difference(data, rgb);
      expect(largest).toBeLessThanOrEqual(1);
      expect(over[0] * rgb.length).toBeLessThanOrEqual(rgb.length > 1e5 ? 10 : 1);
    }
  },
);

test("stays within the paper's ranges, same key same bytes", async () => {
  const { it } = await buildAugmenter("stain/colour-jitter");
  const sample = sampleOf(drawPatch());
  const before = sample.image.data.slice();
  const one = it.apply(sample, createRng(4)).image.data;
  expect(it.apply(sample, createRng(4)).image.data).toEqual(one);
  expect(one).not.toEqual(before);
  expect(sample.image.data).toEqual(before);
});

test("a range must not be reversed", () => {
  expect(colourJitterOptions.safeParse({ brightness: [1.1, 0.9] }).success).toBe(false);
});
