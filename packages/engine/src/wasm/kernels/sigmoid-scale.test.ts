import { expect, it } from "vitest";
import { sigmoid } from "./activation-reference.test-support.js";
import { relativeError, runKernel, uniform, wasmTfjs, zeros } from "./kernel-fixture.test-support.js";

const tf = await wasmTfjs();

it.each([
  [1, 1, 1, 1],
  [3, 5, 7, 6],
  [2, 16, 16, 20],
])("scales (%i, %i, %i, %i) by its gate's sigmoid, and back", (batch, height, width, channels) => {
  const shape = [batch, height, width, channels];
  const [x, dy, gate] = [uniform(shape, 1), uniform(shape, 2), uniform([batch, 1, 1, channels], 3)];
  const [y, dx, dgate] = [zeros(shape), zeros(shape), zeros(gate.shape)];
  x.data.forEach((value, i) => {
    const at = Math.floor(i / (height * width * channels)) * channels + (i % channels);
    const s = sigmoid(gate.data[at]!);
    y.data[i] = value * s;
    dx.data[i] = dy.data[i]! * s;
    dgate.data[at]! += dy.data[i]! * value * s * (1 - s);
  });
  const [actual] = runKernel(tf, "EosinSigmoidScale", { x, gate });
  expect(relativeError(actual!, y)).toBeLessThan(1e-6);
  const gradients = runKernel(tf, "EosinSigmoidScaleGrad", { dy, x, gate });
  expect(relativeError(gradients[0]!, dx)).toBeLessThan(1e-6);
  expect(relativeError(gradients[1]!, dgate)).toBeLessThan(2e-6);
});
