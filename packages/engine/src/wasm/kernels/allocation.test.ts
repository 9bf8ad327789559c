import type { Rank, Tensor4D } from "@tensorflow/tfjs-core";
import { afterEach, expect, it } from "vitest";
import { wasmTfjs } from "./kernel-fixture.test-support.js";
import type { WasmBackend } from "./wasm-backend.js";

const tf = await wasmTfjs();
const backend = tf.backend() as unknown as WasmBackend;
const refusal = expect.objectContaining({ code: "ENGINE_OUT_OF_MEMORY" });
const gibibyte = 2 ** 30;
const taken: number[] = [];

function take(bytes: number): number {
  const pointer = backend.wasm._malloc(bytes) >>> 0;
  taken.push(pointer);
  return pointer;
}

afterEach(() => {
  for (const pointer of taken.splice(0)) backend.wasm._free(pointer);
});

it.each([2 * gibibyte, 4 * gibibyte - 1024, 4 * gibibyte])("refuses one tensor of %i bytes", (bytes) => {
  expect(() => backend.makeOutput([bytes / 4], "float32")).toThrow(refusal);
});

it("refuses what goes beyond 4 GiB together, and works on above 2 GiB", () => {
  take(1.5 * gibibyte);
  take(1.5 * gibibyte);
  expect(() => take(1.5 * gibibyte)).toThrow(refusal);
  const x = tf.randomUniform<Rank.R4>([4, 16, 16, 8], -1, 1, "float32", 1);
  expect(backend.dataIdMap.get(x.dataId).memoryOffset).toBeGreaterThan(2 * gibibyte);
  const values = x.dataSync<"float32">();
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(tf.mean(x).dataSync()[0]).toBeCloseTo(mean, 6);
  const filter = tf.ones<Rank.R4>([3, 3, 8, 8]);
  const gradient = tf.grad((w) => tf.sum(tf.conv2d(x, w as Tensor4D, 1, "same")))(filter);
  const center = gradient.dataSync()[4 * 64]!;
  const channel = values.filter((_, i) => i % 8 === 0).reduce((sum, value) => sum + value, 0);
  expect(center).toBeCloseTo(channel, 2);
  tf.dispose([x, filter, gradient]);
});
