import { createRng } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { buildAugmenter, sampleOf } from "../../test/build.js";
import { drawPatch } from "../../test/patches.js";
import { scaleBrightness, scaleContrast, scaleSaturation, turnHue } from "./colour-jitter.js";
import { colourJitterOptions } from "./definition.js";

const applied = (operation: (rgb: Uint8Array) => void, ...bytes: number[]) => {
  const rgb = Uint8Array.from(bytes);
  operation(rgb);
  return [...rgb];
};

test("brightness multiplies and clips", () => {
  expect(applied(scaleBrightness(1.5), 10, 101, 200)).toEqual([15, 152, 255]);
  expect(applied(scaleBrightness(0), 10, 101, 200)).toEqual([0, 0, 0]);
});

test("contrast moves values about the mean grey", () => {
  expect(applied(scaleContrast(0.5), 0, 0, 0, 200, 200, 200)).toEqual([50, 50, 50, 150, 150, 150]);
  expect(applied(scaleContrast(0), 10, 20, 30)).toEqual([18, 18, 18]);
});

test("saturation moves each pixel about its own grey", () => {
  expect(applied(scaleSaturation(0), 255, 0, 0)).toEqual([76, 76, 76]);
  expect(applied(scaleSaturation(1), 12, 34, 56)).toEqual([12, 34, 56]);
});

test("hue turns: a third of a turn takes red to green", () => {
  expect(applied(turnHue(1 / 3), 255, 0, 0)).toEqual([0, 255, 0]);
  expect(applied(turnHue(-1 / 3), 255, 0, 0)).toEqual([0, 0, 255]);
  expect(applied(turnHue(0), 12, 34, 56)).toEqual([12, 34, 56]);
});

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
