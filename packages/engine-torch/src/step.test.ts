import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Engine } from "@eosin/plugin-api/learning";
import type { Scalar, Tensor, Tensor1D, Tensor4D } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { nativeMemory, smallNetwork, values } from "./small-network.test-support.js";
import { openTestTorch, torchInstallation } from "./torch.test-support.js";

async function train(engine: Engine, steps: number): Promise<{ losses: number[]; weights: Float32Array[] }> {
  const { training, variables, batch } = smallNetwork(engine);
  const losses = [];
  for (let i = 0; i < steps; i++) losses.push((await training.run([batch(), batch()])).loss);
  const weights = [];
  for (const variable of variables.values()) weights.push(Float32Array.from(await variable.data()));
  return { losses, weights };
}

describe.skipIf(!torchInstallation)("a training step on libtorch", () => {
  it.each(["float32", "bfloat16"] as const)("gives the same bytes again, %s", async (precision) => {
    const engine = await openTestTorch({ precision, threads: 2 });
    const [once, again] = [await train(engine, 4), await train(engine, 4)];
    expect(again).toEqual(once);
    expect(once.losses[3]).toBeLessThan(once.losses[0]);
  });

  it("learns in bfloat16 what it learns in float32", async () => {
    const exact = await train(await openTestTorch(), 20);
    const rounded = await train(await openTestTorch({ precision: "bfloat16" }), 20);
    expect(Math.abs(rounded.losses[19] / exact.losses[19] - 1)).toBeLessThan(0.02);
  });

  it("takes no memory over 500 steps", async () => {
    const engine = await openTestTorch();
    const { training, batch } = smallNetwork(engine);
    for (let i = 0; i < 3; i++) await training.run([batch()]);
    const [before, numTensors] = [nativeMemory(engine), engine.tf.memory().numTensors];
    for (let i = 0; i < 500; i++) await training.run(i % 2 ? [batch()] : [batch(), batch()]);
    expect(nativeMemory(engine)).toMatchObject({ tensors: before.tensors, bytes: before.bytes });
    expect(engine.tf.memory().numTensors).toBe(numTensors);
  });

  it("frees what an evaluation has read, convolutions with a bias among it", async () => {
    const engine = await openTestTorch();
    const { tf, ops } = engine;
    const filter = tf.variable(tf.zeros([3, 3, 4, 4])) as Tensor as Tensor4D;
    const bias = tf.variable(tf.ones([4])) as Tensor as Tensor1D;
    const evaluation = engine.evaluationStep(({ x }) => {
      let y = x as Tensor4D;
      for (let layer = 0; layer < 20; layer++) y = ops.conv2d(y, filter, { stride: 1, padding: [1, 1, 1, 1], bias });
      return { mean: tf.mean(y) };
    });
    const shape = [1, 256, 256, 4];
    const [before, bytes] = [nativeMemory(engine), 4 * 256 * 256 * 4];
    const { mean } = await evaluation.run({ x: { data: new Uint8Array(bytes / 4), shape } });
    expect(mean.data[0]).toBe(1);
    expect((nativeMemory(engine).peakBytes - before.bytes) / bytes).toBeLessThan(5);
  });

  it("is refused with batch and size where memory ends, and the next one runs", async () => {
    const engine = await openTestTorch();
    const { training, batch } = smallNetwork(engine);
    const { loss } = await training.run([batch()]);
    const backend = engine.tf.backend() as unknown as { torch: { addon: { limitMemory(bytes: number): void } } };
    const { addon } = backend.torch;
    const before = nativeMemory(engine).tensors;
    addon.limitMemory(nativeMemory(engine).bytes + (8 << 20));
    try {
      await expect(training.run([batch(512)])).rejects.toMatchObject({
        code: "ENGINE_OUT_OF_MEMORY",
        message: expect.stringContaining("x (2×512×512×3)"),
      });
    } finally {
      addon.limitMemory(0);
    }
    expect(nativeMemory(engine).tensors).toBe(before);
    expect((await training.run([batch()])).loss).toBeLessThan(loss);
  });

  it("says which operator was given which shapes, and lives on", async () => {
    const { tf } = await openTestTorch();
    const [a, b] = [tf.ones([2, 3]), tf.ones([4, 5])];
    const run = () => tf.engine().runKernel("BatchMatMul", { a, b }, { transposeA: false, transposeB: false });
    expect(run).toThrow(/aten::matmul.*float32 \(2,3\).*float32 \(4,5\)/);
    expect(tf.sum(a).dataSync()[0]).toBe(6);
    a.dispose();
    expect(() => tf.sum(a)).toThrow(/disposed/);
    b.dispose();
  });

  it("knows handles of disposed tensors from those that came after them", async () => {
    const { tf } = await openTestTorch();
    const { addon } = (tf.backend() as unknown as { torch: { addon: import("./addon.js").Addon } }).torch;
    const handle = addon.upload(Float32Array.of(1), [1], "float32", "cpu");
    addon.dispose(handle);
    const next = addon.upload(Float32Array.of(2), [1], "float32", "cpu");
    expect(() => addon.read(handle)).toThrow(/disposed/);
    expect(addon.read(next)[0]).toBe(2);
    addon.dispose(next);
    addon.dispose(next);
    expect(() => addon.shape(-1 as never)).toThrow(/disposed/);
    expect(() => addon.read("x" as never)).toThrow(/expected a tensor/);
  });

  it("reads batches in shared memory, as loaders give them", async () => {
    const engine = await openTestTorch();
    const data = new Uint8Array(new SharedArrayBuffer(8), 4, 3);
    data.set([1, 2, 250]);
    const { y } = await engine.evaluationStep(({ x }) => ({ y: x })).run({ x: { data, shape: [3] } });
    expect(y.data).toEqual(Float32Array.of(1, 2, 250));
  });

  it("computes in several threads of the process at once", async () => {
    const program = `
      const { parentPort, workerData } = require("node:worker_threads");
      const addon = require(workerData);
      const multiply = addon.findOperator("aten::mm");
      const a = addon.upload(Float32Array.from({ length: 64 * 64 }, (_, i) => i % 7), [64, 64], "float32", "cpu");
      for (let i = 0; i < 200; i++) addon.dispose(multiply(a, a));
      parentPort.postMessage({ tensors: addon.memory().tensors, first: addon.read(multiply(a, a))[0] });`;
    const answers = [1, 2].map(async () => {
      const worker = new Worker(program, { eval: true, workerData: torchInstallation?.addon });
      const [answer] = await once(worker, "message");
      await worker.terminate();
      return answer;
    });
    const [first, second] = await Promise.all(answers);
    expect(first).toEqual({ tensors: 1, first: expect.any(Number) });
    expect(second).toEqual(first);
  });

  it("moves running statistics once for each micro-batch, with the addon's own operators and without", async () => {
    const moved = [];
    for (const fused of [true, false]) {
      const engine = await openTestTorch({}, { fused });
      const { training, running, batch, dispose } = smallNetwork(engine);
      const before = Array.from(await running.runningMean.data());
      await training.run([batch(), batch(16, { seed: 1 }), batch(16, { seed: 2 })]);
      moved.push((await running.runningMean.data()).map((value, i) => value - before[i]));
      moved.push(await running.runningVariance.data());
      dispose();
    }
    const [mean, variance, meanWithout, varianceWithout] = moved;
    expect(Math.max(...mean.map(Math.abs))).toBeGreaterThan(0.01);
    for (const [i, value] of mean.entries()) expect(meanWithout[i]).toBeCloseTo(value, 6);
    for (const [i, value] of variance.entries()) expect(varianceWithout[i]).toBeCloseTo(value, 6);
  });

  it.each([
    [1, 8],
    [3, 8],
    [3, 1],
    [1, 1],
  ])("learns from one small sample what it learns from two of it, filter %d, %d channels", async (side, outputs) => {
    const engine = await openTestTorch();
    const { tf, ops } = engine;
    const filter = tf.tidy(() =>
      tf.variable(tf.tensor(values(side * side * 16 * outputs, 1), [side, side, 16, outputs])),
    );
    const pad = (side - 1) / 2;
    const seen: Float32Array[] = [];
    const step = engine.trainingStep({
      variables: new Map([["filter", filter]]),
      objective: ({ x }) => {
        const how = { stride: 1, padding: [pad, pad, pad, pad] } as const;
        const y = ops.conv2d(x as Tensor4D, filter as Tensor as Tensor4D, how);
        return { loss: tf.mean(tf.square(y)) as Scalar };
      },
      update: (gradients) => seen.push(Float32Array.from(gradients.get("filter")!.dataSync())),
    });
    const sample = values(8 * 8 * 16, 2);
    await step.run([{ x: { data: sample, shape: [1, 8, 8, 16] } }]);
    await step.run([{ x: { data: Float32Array.of(...sample, ...sample), shape: [2, 8, 8, 16] } }]);
    const [one, two] = seen;
    for (const [i, value] of one.entries()) expect(two[i]).toBeCloseTo(value, 5);
    filter.dispose();
  });

  it("adds micro-batches' gradients that are one value, or one tensor for two variables", async () => {
    const engine = await openTestTorch();
    const { tf } = engine;
    const [first, second] = [1, 2].map((value) => tf.tidy(() => tf.variable(tf.fill([3], value))));
    const seen: { [name: string]: number[] } = {};
    const step = engine.trainingStep({
      variables: new Map([
        ["first", first],
        ["second", second],
      ]),
      objective: ({ x }) => ({ loss: tf.mul(tf.sum(tf.add(first, second)), tf.mean(x)) as Scalar }),
      update: (gradients) => {
        for (const [name, gradient] of gradients) seen[name] = Array.from(gradient.dataSync());
      },
    });
    await step.run([1, 3, 8].map((value) => ({ x: { data: Float32Array.of(value), shape: [1] } })));
    expect(seen).toEqual({ first: [4, 4, 4], second: [4, 4, 4] });
    first.dispose();
    second.dispose();
  });

  it("honours gradients that a plugin gives", async () => {
    const engine = await openTestTorch();
    const { tf } = engine;
    const weight = tf.tidy(() => tf.variable(tf.tensor1d([1, 2])));
    const straightThrough = tf.customGrad((x) => ({
      value: tf.round(x as Tensor),
      gradFunc: (dy: Tensor) => tf.mul(dy, 3),
    }));
    let gradient: number[] = [];
    const step = engine.trainingStep({
      variables: new Map([["weight", weight]]),
      objective: () => ({ loss: tf.sum(straightThrough(weight)) as Scalar }),
      update: (gradients) => {
        gradient = Array.from(gradients.get("weight")!.dataSync());
      },
    });
    for (let i = 0; i < 2; i++) {
      await step.run([{ x: { data: Float32Array.of(1), shape: [1] } }]);
      expect(gradient).toEqual([3, 3]);
    }
    weight.dispose();
  });

  it("follows an objective that takes another course than on shapes", async () => {
    const engine = await openTestTorch();
    const { tf } = engine;
    const weight = tf.tidy(() => tf.variable(tf.tensor1d([1, 2])));
    let passes = 0;
    const step = engine.trainingStep({
      variables: new Map([["weight", weight]]),
      objective: () => {
        const square = tf.square(weight);
        // The pass on shapes is the first, and reads `square` once.
        const doubled = passes++ === 0 ? tf.mul(square, 2) : tf.add(tf.neg(tf.neg(square)), square);
        return { loss: tf.sum(doubled) as Scalar };
      },
      update: () => {},
    });
    expect((await step.run([{ x: { data: Float32Array.of(1), shape: [1] } }])).loss).toBe(10);
    weight.dispose();
  });
});
