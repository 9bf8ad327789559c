import { describe, expect, it } from "vitest";
import { relativeError, uniform, type Values, wasmTfjs, zeros } from "./kernel-fixture.test-support.js";

const tf = await wasmTfjs();
const shape = [3, 5, 1, 7, 6];

function reference(x: Values, axes: readonly number[]): { sum: Values; count: number } {
  const kept = x.shape.map((n, axis) => (axes.includes(axis) ? 1 : n));
  const sum = zeros(kept);
  x.data.forEach((value, flat) => {
    let rest = flat;
    const index = x.shape.map(() => 0);
    for (let axis = x.shape.length - 1; axis >= 0; axis--) {
      index[axis] = axes.includes(axis) ? 0 : rest % x.shape[axis]!;
      rest = Math.floor(rest / x.shape[axis]!);
    }
    const at = index.reduce((position, i, axis) => position * kept[axis]! + i, 0);
    sum.data[at]! += value;
  });
  return { sum, count: x.data.length / sum.data.length };
}

describe.each([[[0]], [[4]], [[0, 1]], [[1, 3]], [[1, 2, 3]], [[3, 4]], [[0, 3]], [[2]], [[0, 1, 2, 3, 4]], [[]]])(
  "over axes %j",
  (axes) => {
    it.each([true, false])("sums and averages, axes kept: %s", (keepDims) => {
      const x = uniform(shape, 1);
      const { sum, count } = reference(x, axes);
      const expectedShape = keepDims ? sum.shape : shape.filter((_, axis) => !axes.includes(axis));
      const tensor = tf.tensor(Float32Array.from(x.data), shape);
      const [s, m] = [tf.sum(tensor, axes, keepDims), tf.mean(tensor, axes, keepDims)];
      expect(s.shape).toEqual(expectedShape);
      expect(m.shape).toEqual(expectedShape);
      const at = (data: ArrayLike<number>) => ({ shape: sum.shape, data: Float64Array.from(data) });
      expect(relativeError(at(s.dataSync()), sum)).toBeLessThan(1e-6);
      expect(relativeError(at(m.dataSync()), at(sum.data.map((value) => value / count)))).toBeLessThan(1e-6);
      tf.dispose([tensor, s, m]);
    });
  },
);

it.each([
  ["over all", [1 << 20], [0]],
  ["over rows", [1 << 17, 8], [0]],
] as const)("loses no digits of a million values %s", (_, wide, axes) => {
  const x = uniform(wide, 2);
  x.data.set(x.data.map((value) => Math.fround(value + 1)));
  const { sum, count } = reference(x, axes);
  const mean = tf.tidy(() => tf.mean(tf.tensor(Float32Array.from(x.data), [...wide]), [...axes], true).dataSync());
  const expected = { shape: sum.shape, data: sum.data.map((value) => value / count) };
  expect(relativeError({ shape: sum.shape, data: Float64Array.from(mean) }, expected)).toBeLessThan(3e-7);
});

it("still sums integers", () => {
  expect(tf.tidy(() => tf.sum(tf.tensor1d([1, 2, 3], "int32")).dataSync()[0])).toBe(6);
});
