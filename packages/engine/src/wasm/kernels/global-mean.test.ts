import { expect, it } from "vitest";
import { relativeError, runKernel, uniform, wasmTfjs, zeros } from "./kernel-fixture.test-support.js";

const tf = await wasmTfjs();

it.each([
  [1, 1, 1, 1],
  [3, 5, 7, 6],
  [2, 17, 16, 20],
  [2, 9, 9, 1],
])("averages (%i, %i, %i, %i) over its pixels, and spreads the gradient", (batch, height, width, channels) => {
  const shape = [batch, height, width, channels];
  const small = [batch, 1, 1, channels];
  const [x, dy] = [uniform(shape, 1), uniform(small, 2)];
  const [y, dx] = [zeros(small), zeros(shape)];
  x.data.forEach((value, i) => {
    const at = Math.floor(i / (height * width * channels)) * channels + (i % channels);
    y.data[at]! += value / (height * width);
    dx.data[i] = dy.data[at]! / (height * width);
  });
  expect(relativeError(runKernel(tf, "EosinGlobalMean", { x })[0]!, y)).toBeLessThan(1e-6);
  expect(relativeError(runKernel(tf, "EosinGlobalMeanGrad", { dy }, { height, width })[0]!, dx)).toBeLessThan(1e-6);
});
