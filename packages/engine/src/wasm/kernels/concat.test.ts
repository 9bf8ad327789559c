import { expect, it } from "vitest";
import { uniform, wasmTfjs } from "./kernel-fixture.test-support.js";

const tf = await wasmTfjs();

it.each([
  { shape: [3, 5, 7], axis: 2, sizes: [1, 4, 2] },
  { shape: [4, 2, 46], axis: -1, sizes: [17, 29] },
  { shape: [2, 9, 3], axis: 1, sizes: [4, 0, 5] },
  { shape: [6, 5], axis: 0, sizes: [1, 5] },
  { shape: [6], axis: 0, sizes: [2, 4] },
])("splits $shape along axis $axis into $sizes, and joins them again", ({ shape, axis, sizes }) => {
  const values = Float32Array.from(uniform(shape, 1).data);
  const at = axis < 0 ? axis + shape.length : axis;
  const inner = shape.slice(at + 1).reduce((size, n) => size * n, 1);
  tf.tidy(() => {
    const whole = tf.tensor(values, shape);
    const parts = tf.split(whole, sizes, axis);
    let begin = 0;
    parts.forEach((part, i) => {
      const end = begin + sizes[i]!;
      const inPart = (index: number) => {
        const position = Math.floor(index / inner) % shape[at]!;
        return position >= begin && position < end;
      };
      expect(part.shape).toEqual(shape.with(at, sizes[i]!));
      expect(part.dataSync()).toEqual(values.filter((_, index) => inPart(index)));
      begin = end;
    });
    expect(tf.concat(parts, axis).dataSync()).toEqual(values);
  });
});

it("still joins integers", () => {
  const joined = tf.tidy(() => tf.concat([tf.tensor1d([1, 2], "int32"), tf.tensor1d([3], "int32")]).dataSync());
  expect([...joined]).toEqual([1, 2, 3]);
});
