import { expect, it } from "vitest";
import { activated, slope } from "./activation-reference.test-support.js";
import { runKernel, type Values, wasmTfjs } from "./kernel-fixture.test-support.js";

const tf = await wasmTfjs();

/** From deep saturation to the smallest steps about 0, a length that leaves a tail. */
const points = Array.from({ length: 4003 }, (_, i) => Math.fround((i - 2001) / 20)).concat([
  0, 1e-20, -1e-20, 300, -300,
]);
const x: Values = { shape: [points.length], data: Float64Array.from(points) };
const ones: Values = { shape: x.shape, data: new Float64Array(points.length).fill(1) };

it("is x·sigmoid(x) to 3e-7 of each value", () => {
  const [y] = runKernel(tf, "EosinSilu", { x });
  points.forEach((point, i) => {
    const expected = activated(point, "silu");
    expect(Math.abs(y!.data[i]! - expected)).toBeLessThanOrEqual(3e-7 * Math.abs(expected) + 1e-35);
  });
});

it("has the right gradient", () => {
  const [dx] = runKernel(tf, "EosinSiluGrad", { dy: ones, x });
  points.forEach((point, i) => {
    expect(Math.abs(dx!.data[i]! - slope(point, "silu"))).toBeLessThanOrEqual(5e-7);
  });
});

it("hands NaN on", () => {
  const bad = { shape: [5], data: Float64Array.of(Number.NaN, 1, Number.NaN, 2, Number.NaN) };
  const [y] = runKernel(tf, "EosinSilu", { x: bad });
  expect([...y!.data].map(Number.isNaN)).toEqual([true, false, true, false, true]);
});
