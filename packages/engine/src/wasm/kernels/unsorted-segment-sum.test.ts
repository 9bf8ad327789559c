import { expect, it } from "vitest";
import { uniform, wasmTfjs, zeros } from "./kernel-fixture.test-support.js";

const tf = await wasmTfjs();

it.each([1, 4, 7])("sums rows of %i by segment and leaves out numbers outside", (inner) => {
  const ids = [2, 0, 2, -1, 4, 1, 2];
  const x = uniform([ids.length, inner], 1);
  const expected = zeros([4, inner]);
  ids.forEach((id, row) => {
    if (id < 0 || id >= 4) return;
    for (let i = 0; i < inner; i++) expected.data[id * inner + i]! += x.data[row * inner + i]!;
  });
  const result = tf.tidy(() =>
    tf
      .unsortedSegmentSum(tf.tensor2d(Float32Array.from(x.data), [ids.length, inner]), tf.tensor1d(ids, "int32"), 4)
      .arraySync(),
  );
  const flat = (result as number[][]).flat();
  flat.forEach((value, i) => {
    expect(value).toBeCloseTo(expected.data[i]!, 6);
  });
});
