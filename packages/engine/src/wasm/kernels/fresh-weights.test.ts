import type { Rank, Tensor4D } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";
import { wasmTfjs } from "./kernel-fixture.test-support.js";
import type { WasmBackend } from "./wasm-backend.js";

const tf = await wasmTfjs();
const backend = tf.backend() as unknown as WasmBackend;

function overwrite(tensor: { dataId: object; size: number }, value: number): void {
  const { memoryOffset } = backend.dataIdMap.get(tensor.dataId);
  new Float32Array(backend.wasm.HEAPU8.buffer, memoryOffset, tensor.size).fill(value);
}

const pad = "same";
const dilated = [2, 2] as [number, number];

it("computes with weights as they are after a change in place", () => {
  const x = tf.ones<Rank.R4>([1, 4, 4, 8]);
  const row = tf.neg(tf.ones<Rank.R2>([1, 8]));
  const dense = tf.ones<Rank.R4>([1, 1, 8, 8]);
  const depthwise = tf.ones<Rank.R4>([1, 1, 8, 1]);
  const matrix = tf.ones<Rank.R2>([8, 8]);
  const [bias, alpha] = [tf.zeros<Rank.R1>([8]), tf.ones<Rank.R2>([1, 8])];
  const results = () =>
    tf.tidy(() =>
      [
        tf.conv2d(x, dense, 1, pad),
        tf.conv2d(x, dense, 1, pad, "NHWC", dilated),
        tf.depthwiseConv2d(x, depthwise, 1, pad),
        tf.depthwiseConv2d(x, depthwise, 1, pad, "NHWC", dilated),
        tf.fused.conv2d({ x, filter: dense, bias, strides: 1, pad }),
        tf.fused.conv2d({ x, filter: dense, bias, strides: 1, pad, activation: "relu6" }),
        tf.fused.depthwiseConv2d({ x, filter: depthwise, bias, strides: 1, pad }),
        tf.matMul(row, matrix),
        tf.fused.matMul({ a: row, b: matrix, bias }),
        tf.prelu(row, alpha),
      ].map((y) => y.dataSync()[0]),
    );
  expect(results()).toEqual([8, 8, 1, 1, 8, 6, 1, -8, -8, -1]);
  for (const weights of [dense, depthwise, matrix, alpha]) overwrite(weights, 0.5);
  overwrite(bias, 1);
  expect(results()).toEqual([4, 4, 0.5, 0.5, 5, 5, 1.5, -4, -3, -0.5]);
  tf.dispose([x, row, dense, depthwise, matrix, bias, alpha]);
});

it("rectifies after the bias", () => {
  const x = tf.ones<Rank.R4>([1, 2, 2, 3]);
  const filter = tf.ones<Rank.R4>([1, 1, 3, 9]);
  const bias = tf.tensor1d([-5, -4, -3, -2, -1, 0, 1, 2, 3]);
  const y = tf.fused.conv2d({ x, filter, bias, strides: 1, pad, activation: "relu" });
  const pixel = [0, 0, 0, 1, 2, 3, 4, 5, 6];
  expect([...y.dataSync()]).toEqual([...pixel, ...pixel, ...pixel, ...pixel]);
  tf.dispose([x, filter, bias, y]);
});

it("keeps no packed weights behind", () => {
  const x = tf.ones<Rank.R4>([1, 8, 8, 64]);
  const filter = tf.ones<Rank.R4>([3, 3, 64, 128]);
  const matrix = tf.ones<Rank.R2>([64, 1024]);
  const round = () =>
    tf.tidy(() => {
      tf.conv2d(x, filter, 1, pad, "NHWC", dilated);
      tf.matMul(tf.reshape(x, [64, 64]), matrix);
      tf.grads((a, w) => tf.sum(tf.square(tf.conv2d(a as Tensor4D, w as Tensor4D, 1, pad))))([x, filter]);
    });
  for (let i = 0; i < 10; i++) round();
  const before = backend.wasm.HEAPU8.length;
  for (let i = 0; i < 200; i++) round();
  expect(backend.wasm.HEAPU8.length).toBe(before);
  tf.dispose([x, filter, matrix]);
});
