import { createRng } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { percentile } from "../statistics/percentile.js";
import { brightnessMap, brightnessOf, mapBytes, singleFactor, stretchBrightness } from "./brightness.js";

const rng = createRng("brightness");

test("the 90th percentile of all bytes, whatever their number and spread", () => {
  for (let round = 0; round < 60; round++) {
    const pixels = round < 20 ? 1 + round : 1 + rng.integer(60_000);
    const range = [256, 40, 3, 1][round % 4];
    const low = rng.integer(257 - range);
    const bytes = Uint8Array.from({ length: 3 * pixels }, () => low + rng.integer(range));
    expect(brightnessOf(bytes)).toBeCloseTo(percentile(Float64Array.from(bytes), 90), 10);
  }
});

test("a sample that misleads is noticed", () => {
  // Every sampled byte is dark, most others are light.
  const bytes = Uint8Array.from({ length: 3 * 127 * 50 }, (_, i) => (i % 127 === 0 ? 3 : 180 + (i % 20)));
  expect(brightnessOf(bytes)).toBe(percentile(Float64Array.from(bytes), 90));
});

test("stretching does what the map does, mostly by one factor, for every brightness that a percentile can be", () => {
  const all = Uint8Array.from({ length: 256 }, (_, v) => v);
  let factors = 0;
  for (let tenths = 10; tenths <= 2550; tenths++) {
    const brightness = tenths / 10;
    const map = brightnessMap(brightness);
    if (singleFactor(map, brightness) !== undefined) factors++;
    const stretched = new Uint8Array([...all, 7, 200]);
    stretchBrightness(stretched, brightness);
    const mapped = new Uint8Array(256);
    mapBytes(all, map, mapped);
    expect(stretched.subarray(0, 256)).toEqual(mapped);
  }
  expect(factors).toBeGreaterThan(2400);
});
