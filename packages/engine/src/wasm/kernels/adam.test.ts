import { expect, it } from "vitest";
import { uniform, wasmTfjs } from "./kernel-fixture.test-support.js";

const tf = await wasmTfjs();

it.each([1, 4, 7, 130])("takes three Adam steps on %i weights in place", (n) => {
  const how = { learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.1 };
  const weights = Float64Array.from(uniform([n], 1).data);
  const [first, second] = [new Float64Array(n), new Float64Array(n)];
  const variable = tf.tensor1d(Float32Array.from(weights));
  const [m, v] = [tf.zeros([n]), tf.zeros([n])];
  for (let step = 1; step <= 3; step++) {
    const gradient = uniform([n], 1 + step);
    for (let i = 0; i < n; i++) {
      const g = gradient.data[i]! + how.weightDecay * weights[i]!;
      first[i] = how.beta1 * first[i]! + (1 - how.beta1) * g;
      second[i] = how.beta2 * second[i]! + (1 - how.beta2) * g * g;
      const root = Math.sqrt(second[i]!) / Math.sqrt(1 - how.beta2 ** step) + how.epsilon;
      weights[i]! -= ((how.learningRate / (1 - how.beta1 ** step)) * first[i]!) / root;
    }
    const g = tf.tensor1d(Float32Array.from(gradient.data));
    tf.engine().runKernel("EosinAdam", { variable, gradient: g, first: m, second: v }, { step, ...how });
    g.dispose();
  }
  const pairs = [
    [variable, weights],
    [m, first],
    [v, second],
  ] as const;
  for (const [actual, expected] of pairs) {
    actual.dataSync().forEach((value, i) => {
      expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(1e-6 * Math.abs(expected[i]!) + 2e-8);
    });
  }
  tf.dispose([variable, m, v]);
});
