import { expect, it } from "vitest";
import { type ElementType, toFloat32 } from "./stored-tensor.js";

it.each<[ElementType, ArrayBufferView, number[]]>([
  ["F64", new Float64Array([1.5, -2]), [1.5, -2]],
  ["F32", new Float32Array([1.5, -2]), [1.5, -2]],
  // One, the largest half, the least subnormal, minus infinity (IEEE 754 binary16).
  ["F16", new Uint16Array([0x3c00, 0x7bff, 0x0001, 0xfc00]), [1, 65504, 2 ** -24, Number.NEGATIVE_INFINITY]],
  ["BF16", new Uint16Array([0x3f80, 0xc049, 0x0000]), [1, -3.140625, 0]],
  ["I64", new BigInt64Array([-5n, 7n]), [-5, 7]],
  ["I32", new Int32Array([-5, 7]), [-5, 7]],
  ["I16", new Int16Array([-5, 7]), [-5, 7]],
  ["I8", new Int8Array([-5, 7]), [-5, 7]],
  ["U8", new Uint8Array([250, 7]), [250, 7]],
  ["BOOL", new Uint8Array([0, 1]), [0, 1]],
])("reads %s", (type, array, expected) => {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  expect([...toFloat32({ type, shape: [expected.length], bytes })]).toEqual(expected);
});

it("reads float32 that is not at a multiple of four", () => {
  const bytes = new Uint8Array(9);
  bytes.set(new Uint8Array(new Float32Array([1.5, -2]).buffer), 1);
  expect([...toFloat32({ type: "F32", shape: [2], bytes: bytes.subarray(1) })]).toEqual([1.5, -2]);
});

it("refuses bytes that do not fit the shape", () => {
  expect(() => toFloat32({ type: "F32", shape: [3], bytes: new Uint8Array(8) })).toThrow(
    expect.objectContaining({ code: "WEIGHTS_CORRUPT" }),
  );
});
