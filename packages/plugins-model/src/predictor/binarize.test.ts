import { expect, test } from "vitest";
import { binarize } from "./binarize.js";
import { presenceOf } from "./presence.js";

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

test("where there seems to be no foreground, there is none", () => {
  const said = (presence?: number) => binarize({ ...map, presence }, { threshold: 0.5, presence: 0.4 }).includes(1);
  expect([0.3, 0.4, 0.41].map(said)).toEqual([false, false, true]);
});

test("without a network's own word, the surest hundredth of the pixels tell how sure it is", () => {
  const of = (...confidences: readonly number[]) => {
    const probability = new Float32Array(400).fill(0.1);
    for (const [i, each] of confidences.entries()) probability[97 * i] = each;
    return presenceOf({ width: 20, height: 20, probability });
  };
  expect(of(0.9, 0.8, 0.7, 0.6)).toBeCloseTo(0.6, 6);
  expect(of(0.9, 0.8, 0.7)).toBeCloseTo(0.1, 6);
  expect(presenceOf({ width: 1, height: 1, probability: Float32Array.of(0.3) })).toBeCloseTo(0.3, 6);
  const probability = Float32Array.of(0.9, 0.1);
  expect(presenceOf({ width: 2, height: 1, probability, presence: 0.2 })).toBe(0.2);
  expect([...probability]).toEqual([...Float32Array.of(0.9, 0.1)]);
});
