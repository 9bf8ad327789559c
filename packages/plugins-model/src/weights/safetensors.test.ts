import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { storedFloat32, toFloat32, writeSafetensors, writeStoredTensors } from "@eosin/plugin-api/tensor-file";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readWeights } from "./read-weights.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eosin-safetensors-"));
});
afterAll(() => rm(folder, { recursive: true }));

const tensors = new Map([
  ["b", storedFloat32(new Float32Array([1, 2, 3, 4, 5, 6]), [2, 3])],
  ["a", storedFloat32(new Float32Array([7]), [])],
  ["empty", storedFloat32(new Float32Array(0), [0, 4])],
]);

it("reads what it wrote, in the same order", async () => {
  const path = join(folder, "round-trip.safetensors");
  await writeStoredTensors(path, tensors, { epoch: "3" });
  const read = await readWeights(path);
  expect([...read.keys()]).toEqual(["b", "a", "empty"]);
  expect(read.get("b")!.shape).toEqual([2, 3]);
  expect([...toFloat32(read.get("b")!)]).toEqual([1, 2, 3, 4, 5, 6]);
  expect([...toFloat32(read.get("a")!)]).toEqual([7]);
});

it("writes the published layout: header length, padded JSON, data", async () => {
  const path = join(folder, "layout.safetensors");
  await writeStoredTensors(path, new Map([["x", storedFloat32(new Float32Array([1.5]), [1])]]));
  const file = await readFile(path);
  const length = Number(file.readBigUInt64LE(0));
  expect(length % 8).toBe(0);
  expect(JSON.parse(file.toString("utf8", 8, 8 + length))).toEqual({
    x: { dtype: "F32", shape: [1], data_offsets: [0, 4] },
  });
  expect(file.readFloatLE(8 + length)).toBe(1.5);
  expect(file.length).toBe(12 + length);
});

it("refuses to write a tensor of the wrong size", async () => {
  const path = join(folder, "wrong.safetensors");
  const descriptions = new Map([["x", { type: "F32" as const, shape: [2] }]]);
  await expect(writeSafetensors(path, descriptions, () => new Uint8Array(4))).rejects.toThrow(/x: 4 bytes/);
});

describe("refuses", () => {
  const entry = (begin: number, end: number, more = {}) => ({
    dtype: "F32",
    shape: [(end - begin) / 4],
    data_offsets: [begin, end],
    ...more,
  });

  it.each<[string, unknown, number, RegExp]>([
    ["overlapping tensors", { a: entry(0, 8), b: entry(4, 12) }, 12, /overlaps/],
    ["a gap", { a: entry(0, 4), b: entry(8, 12) }, 12, /gap/],
    ["a file cut short", { a: entry(0, 8) }, 4, /does not hold/],
    ["data that no tensor names", { a: entry(0, 8) }, 12, /does not hold/],
    ["offsets that do not fit the shape", { a: entry(0, 8, { shape: [3] }) }, 8, /offsets of a/],
    ["an unknown type", { a: entry(0, 8, { dtype: "Q4" }) }, 8, /entry of a/],
    ["a type that is a property of every object", { a: entry(0, 8, { dtype: "toString" }) }, 8, /entry of a/],
    ["negative sizes", { a: entry(0, 8, { shape: [-1, -2] }) }, 8, /entry of a/],
    ["offsets in the wrong order", { a: entry(8, 0) }, 8, /entry of a/],
    ["metadata that are not strings", { __metadata__: { epoch: 3 } }, 0, /__metadata__/],
    ["a header that is a list", [], 0, /no JSON object/],
  ])("%s", async (_, header, dataBytes, message) => {
    await expect(readHeader(JSON.stringify(header), dataBytes)).rejects.toThrow(message);
    await expect(readHeader(JSON.stringify(header), dataBytes)).rejects.toMatchObject({ code: "WEIGHTS_CORRUPT" });
  });

  it("a header that is not JSON", async () => {
    await expect(readHeader("{nonsense", 0)).rejects.toThrow(/not JSON/);
  });

  it.each([0, 5, 20])("a file of %d zero bytes", async (size) => {
    await expect(readBytes(new Uint8Array(size))).rejects.toMatchObject({ code: "WEIGHTS_CORRUPT" });
  });

  it("a missing file", async () => {
    const path = join(folder, "absent.safetensors");
    await expect(readWeights(path)).rejects.toMatchObject({ code: "WEIGHTS_NOT_FOUND", place: path });
  });

  function readHeader(json: string, dataBytes: number) {
    const bytes = new Uint8Array(8 + json.length + dataBytes);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
    bytes.set(new TextEncoder().encode(json), 8);
    return readBytes(bytes);
  }

  async function readBytes(bytes: Uint8Array) {
    const path = join(folder, "refused.safetensors");
    await writeFile(path, bytes);
    return readWeights(path);
  }
});
