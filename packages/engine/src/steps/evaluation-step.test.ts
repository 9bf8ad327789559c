import type { Tensor4D } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { createEngineProvider } from "../provider.js";

const provider = createEngineProvider();

describe("the evaluation step", () => {
  it("frees intermediate tensors as they are used", async () => {
    const { engine, cost } = await provider.openShapeEngine();
    const { tf, ops } = engine;
    const size = 1 << 20;
    const evaluation = engine.evaluationStep(({ x }) => {
      let y = x;
      for (let layer = 0; layer < 20; layer++) y = ops.silu(tf.mul(y, 2));
      return { y: tf.mean(y) };
    });
    await evaluation.run({ x: { data: new Uint8Array(size), shape: [size] } });
    expect(cost().peakBytes / (4 * size)).toBeLessThan(2.1);
  });

  it("keeps what is read late, and what is returned", async () => {
    const { identity } = await provider.choose({ name: "wasm", precision: "float32", threads: 1 });
    const { evaluationStep, tf, ops } = await provider.open(identity);
    const evaluation = evaluationStep(({ x }) => {
      const early = tf.add(x, 1);
      const deep = ops.silu(ops.upsample2Concat(tf.reshape(early, [1, 1, 2, 1]) as Tensor4D));
      return { x, early, sum: tf.add(tf.sum(deep), early) };
    });
    const silu = (v: number) => v / (1 + Math.exp(-v));
    for (const values of [
      [1, 2],
      [3, 5],
    ]) {
      const result = await evaluation.run({ x: { data: Float32Array.from(values), shape: [2] } });
      const early = values.map((v) => v + 1);
      const total = early.reduce((sum, v) => sum + 4 * silu(v), 0);
      expect(Array.from(result.x.data)).toEqual(values);
      expect(Array.from(result.early.data)).toEqual(early);
      expect(result.sum.shape).toEqual([2]);
      for (const [i, v] of early.entries()) expect(result.sum.data[i]).toBeCloseTo(total + v, 4);
    }
  });

  it("does without where a kernel has no shape rule", async () => {
    const { identity } = await provider.choose({ name: "cpu", precision: "float32", threads: 1 });
    const { evaluationStep, tf } = await provider.open(identity);
    const before = tf.memory().numTensors;
    const evaluation = evaluationStep(({ x }) => ({ y: tf.mul(tf.erf(x), tf.topk(x, 1).values) }));
    const { y } = await evaluation.run({ x: { data: Float32Array.of(0, 2), shape: [2] } });
    expect(y.data[1]).toBeCloseTo(2 * 0.9953223, 4);
    expect(tf.memory().numTensors).toBe(before);
  });
});
