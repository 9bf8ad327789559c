import type { Activation } from "@eosin/engine-kit";
import { describe, expect, it } from "vitest";
import { activated, slope, wide } from "./activation-reference.test-support.js";
import { relativeError, runKernel, uniform, type Values, wasmTfjs, zeros } from "./kernel-fixture.test-support.js";

const tf = await wasmTfjs();
const epsilon = 1e-3;

/** Batch normalisation and its gradient in float64, from the formulas. */
function reference(x: Values, gamma: Values, beta: Values, dy: Values, activation: Activation) {
  const channels = gamma.data.length;
  const rows = x.data.length / channels;
  const [y, dx] = [zeros(x.shape), zeros(x.shape)];
  const [mean, variance, dgamma, dbeta] = [0, 1, 2, 3].map(() => zeros([channels])) as [Values, Values, Values, Values];
  for (let c = 0; c < channels; c++) {
    const column = Array.from({ length: rows }, (_, r) => r * channels + c);
    const m = column.reduce((sum, i) => sum + x.data[i]!, 0) / rows;
    const v = column.reduce((sum, i) => sum + (x.data[i]! - m) ** 2, 0) / rows;
    const r = 1 / Math.sqrt(v + epsilon);
    mean.data[c] = m;
    variance.data[c] = v;
    const normalised = (i: number) => (x.data[i]! - m) * r;
    const z = (i: number) => normalised(i) * gamma.data[c]! + beta.data[c]!;
    const g = (i: number) => dy.data[i]! * slope(z(i), activation);
    dbeta.data[c] = column.reduce((sum, i) => sum + g(i), 0);
    dgamma.data[c] = column.reduce((sum, i) => sum + g(i) * normalised(i), 0);
    for (const i of column) {
      y.data[i] = activated(z(i), activation);
      dx.data[i] = gamma.data[c]! * r * (g(i) - dbeta.data[c]! / rows - (normalised(i) * dgamma.data[c]!) / rows);
    }
  }
  return { y, mean, variance, dx, dgamma, dbeta };
}

const shapes = [
  [2, 5, 7, 6],
  [1, 1, 3, 1],
  [3, 9, 11, 16],
  [1, 8, 8, 19],
];

describe.each(shapes)("batch norm of (%i, %i, %i, %i)", (...shape) => {
  it.each(["none", "relu", "relu6", "silu"] as const)("and its gradient, activation %s", (activation) => {
    const channels = shape[3]!;
    const x = uniform(shape, 1);
    const [gamma, beta] = [uniform([channels], 2), uniform([channels], 3)].map(wide(activation)) as [Values, Values];
    const dy = uniform(shape, 4);
    const expected = reference(x, gamma, beta, dy, activation);
    const attrs = { epsilon, activation };
    const [y, mean, variance] = runKernel(tf, "EosinBatchNormTraining", { x, gamma, beta }, attrs) as [
      Values,
      Values,
      Values,
    ];
    expect(relativeError(y, expected.y)).toBeLessThan(2e-6);
    expect(relativeError(mean, expected.mean)).toBeLessThan(1e-6);
    expect(relativeError(variance, expected.variance)).toBeLessThan(1e-6);
    const inputs = { dy, x, gamma, beta, mean, variance };
    const [dx, dgamma, dbeta] = runKernel(tf, "EosinBatchNormTrainingGrad", inputs, attrs) as [Values, Values, Values];
    expect(relativeError(dx, expected.dx)).toBeLessThan(5e-6);
    expect(relativeError(dgamma, expected.dgamma)).toBeLessThan(5e-6);
    expect(relativeError(dbeta, expected.dbeta)).toBeLessThan(5e-6);
  });
});

it("keeps the digits of a small variance about a large mean", () => {
  const x = uniform([4, 32, 32, 5], 5);
  const shifted = { shape: x.shape, data: x.data.map((value) => Math.fround(100 + value)) };
  const ones = { shape: [5], data: new Float64Array(5).fill(1) };
  const expected = reference(shifted, ones, zeros([5]), zeros(x.shape), "none");
  const [y, , variance] = runKernel(
    tf,
    "EosinBatchNormTraining",
    { x: shifted, gamma: ones, beta: zeros([5]) },
    { epsilon, activation: "none" },
  );
  expect(relativeError(variance!, expected.variance)).toBeLessThan(1e-5);
  expect(relativeError(y!, expected.y)).toBeLessThan(1e-5);
});

it("moves running statistics in place, the variance unbiased", () => {
  const old = { runningMean: [1, 2, 3], runningVariance: [4, 5, 6] };
  const runningMean = tf.tensor1d(old.runningMean);
  const runningVariance = tf.tensor1d(old.runningVariance);
  const [mean, variance] = [tf.tensor1d([0, 1, -1]), tf.tensor1d([1, 2, 3])];
  const inputs = { runningMean, runningVariance, mean, variance };
  tf.engine().runKernel("EosinRunningStatistics", inputs, { momentum: 0.1, count: 5 });
  expect([...runningMean.dataSync()]).toEqual([0.9, 1.9, 2.6].map(Math.fround));
  const expected = [4 + 0.1 * (1.25 - 4), 5 + 0.1 * (2.5 - 5), 6 + 0.1 * (3.75 - 6)];
  expect([...runningVariance.dataSync()]).toEqual(expected.map(Math.fround));
  tf.dispose([runningMean, runningVariance, mean, variance]);
});
