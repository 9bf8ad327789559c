import { expect, test } from "vitest";
import { binarize } from "./binarize.js";

const probability = Float32Array.from([0.9, 0.4, 0.1, 0.4, 0.1, 0.35, 0.1, 0.4, 0.6, 0.1, 0.1, 0.1]);
const map = { width: 4, height: 3, probability };

test("pixels above the threshold are foreground", () => {
  expect([...binarize(map, { threshold: 0.5 })]).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]);
  expect([...binarize(map, { threshold: Math.fround(0.6) })]).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
});

test("and with hysteresis those above a lower one that are connected to them", () => {
  expect([...binarize(map, { threshold: 0.5, hysteresis: 0.3 })]).toEqual([1, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0]);
  expect([...binarize(map, { threshold: 0.5, hysteresis: 0.38 })]).toEqual([1, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]);
  expect(binarize(map, { threshold: 0.5, hysteresis: 0.5 })).toEqual(binarize(map, { threshold: 0.5 }));
});

test("before post-processing", () => {
  const inverted = {
    apply: (mask: { width: number; height: number; data: Uint8Array }) => ({
      ...mask,
      data: mask.data.map((v) => 1 - v),
    }),
  };
  const postprocess = [inverted];
  expect([...binarize(map, { threshold: 0.5, hysteresis: 0.3, postprocess })]).toEqual([
    0, 0, 1, 1, 1, 0, 1, 1, 0, 1, 1, 1,
  ]);
});
