import { createRng } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { fitLogistic } from "./logistic-regression.js";

const rows = (...lines: readonly (readonly number[])[]) => ({
  features: Float64Array.from(lines.flatMap(([, ...features]) => features)),
  labels: Uint8Array.from(lines, ([label]) => label),
  columns: lines[0].length - 1,
});

test("an intercept alone gives the log-odds", () => {
  const { weights } = fitLogistic(rows([1, 1], [1, 1], [1, 1], [0, 1]));
  expect(weights[0]).toBeCloseTo(Math.log(3), 4);
});

test("recovers the weights that the labels were drawn with", () => {
  const rng = createRng("logistic");
  const truth = [-0.5, 2, -1];
  const lines = Array.from({ length: 50_000 }, () => {
    const features = [1, rng.normal(), rng.normal()];
    const logit = features.reduce((sum, feature, i) => sum + feature * truth[i], 0);
    return [rng.chance(1 / (1 + Math.exp(-logit))) ? 1 : 0, ...features];
  });
  const { weights, iterations } = fitLogistic(rows(...lines));
  for (const [i, weight] of weights.entries()) expect(Math.abs(weight - truth[i])).toBeLessThan(0.06);
  expect(iterations).toBeLessThan(12);
});

test("stays finite on classes that can be separated, and on a class of its own", () => {
  expect(fitLogistic(rows([0, 1, -1], [0, 1, -2], [1, 1, 1], [1, 1, 2])).weights.every(Number.isFinite)).toBe(true);
  expect(fitLogistic(rows([1, 1, 0.3], [1, 1, 0.7])).weights.every(Number.isFinite)).toBe(true);
});
