import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRng, isEosinError } from "@eosin/plugin-api";
import { storedFloat32, writeStoredTensors } from "@eosin/plugin-api/tensor-file";
import { zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readWeights } from "./read-weights.js";
import { littleEndian, PickleWriter } from "./torch/write-pickle.test-support.js";

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eosin-hostile-"));
  path = join(folder, "weights.bin");
});
afterAll(() => rm(folder, { recursive: true }));

const MEGABYTE = 2 ** 20;
const data = new Uint8Array(new Float32Array([1, 2, 3, 4]).buffer);
const zip = (pickle: Uint8Array, more: { [name: string]: Uint8Array } = {}) =>
  zipSync({ "a/data.pkl": pickle, "a/data/0": data, ...more }, { level: 0 });

function safetensors(header: string, bytes = 0): Uint8Array {
  const text = new TextEncoder().encode(header);
  const file = new Uint8Array(8 + text.length + bytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  return file;
}

/** Reads the file; the fault, and what it cost. */
async function cost(bytes: Uint8Array) {
  await writeFile(path, bytes);
  const memory = process.memoryUsage().rss;
  const start = performance.now();
  const fault = await readWeights(path).then(
    () => undefined,
    (error: unknown) => error,
  );
  return { fault, seconds: (performance.now() - start) / 1000, bytes: process.memoryUsage().rss - memory };
}

async function expectRefused(bytes: Uint8Array, code: string): Promise<void> {
  const { fault, seconds, bytes: grown } = await cost(bytes);
  expect(fault).toMatchObject({ code, place: path });
  expect(seconds).toBeLessThan(10);
  expect(grown).toBeLessThan(1000 * MEGABYTE);
}

const tensor = (length: number, shape: number[], strides: number[]) =>
  new PickleWriter().dictionary((w) => w.text("a").tensor({ storage: "0", length, shape, strides }, false)).done();

/** Lists of lists, each holding the one before twice: a few bytes a doubling. */
function doubled(w: PickleWriter, times: number): PickleWriter {
  w.raw(0x5d);
  for (let i = 0; i < times; i++) w.raw(0x71, 0, 0x68, 0, 0x86);
  return w;
}

describe("a file is refused before it takes time or memory", () => {
  it.each<[string, () => Uint8Array, string]>([
    ["one number repeated a billion times (stride 0)", () => zip(tensor(1e9, [1e9], [0])), "WEIGHTS_CORRUPT"],
    ["a storage that is said to be larger than it is", () => zip(tensor(5, [5], [1])), "WEIGHTS_CORRUPT"],
    [
      "a tensor of a million dimensions",
      () => zip(tensor(4, Array(100_000).fill(1), Array(100_000).fill(1))),
      "WEIGHTS_CORRUPT",
    ],
    [
      "a name that holds itself a billion times over",
      () => zip(doubled(new PickleWriter(), 60).text("x").raw(0x93).done()),
      "WEIGHTS_CORRUPT",
    ],
    [
      "an entry called by a list that holds itself so",
      () =>
        zip(
          new PickleWriter()
            .dictionary((w) => doubled(w, 60).tensor({ storage: "0", length: 4, shape: [4], strides: [1] }, false))
            .done(),
        ),
      "PICKLE_REFUSED",
    ],
    [
      "a list nested a million deep",
      () => zip(Uint8Array.from([0x80, 2, 0x5d, ...new Uint8Array(1_000_000).fill(0x85), 0x4e, 0x93])),
      "WEIGHTS_CORRUPT",
    ],
    [
      "ten million empty dictionaries",
      () => zip(Uint8Array.from([0x80, 2, ...new Uint8Array(3_000_000).fill(0x7d)])),
      "PICKLE_REFUSED",
    ],
    [
      "a dictionary that holds itself",
      () => zip(new PickleWriter().raw(0x7d, 0x71, 0).text("state_dict").raw(0x68, 0, 0x73).done()),
      "WEIGHTS_CORRUPT",
    ],
    [
      "a storage that a thousand tensors copy",
      () => {
        const w = new PickleWriter();
        w.dictionary(() => {
          for (let i = 0; i < 3000; i++)
            w.text(String(i)).tensor({ storage: "0", length: 65536, shape: [256, 256], strides: [1, 256] }, false);
        });
        return zip(w.done(), { "a/data/0": new Uint8Array(4 * 65536) });
      },
      "PICKLE_REFUSED",
    ],
    [
      "a safetensors header nested without end",
      () => safetensors(`{"a":${"[".repeat(5_000_000)}${"]".repeat(5_000_000)}}`),
      "WEIGHTS_CORRUPT",
    ],
    [
      "nested objects in it",
      () => safetensors(`{"a":${'{"a":'.repeat(1_000_000)}1${"}".repeat(1_000_000)}}`),
      "WEIGHTS_CORRUPT",
    ],
    [
      "a shape of millions of numbers",
      () => safetensors(`{"a":{"dtype":"F32","shape":[${"1,".repeat(20_000_000)}1],"data_offsets":[0,4]}}`, 4),
      "WEIGHTS_CORRUPT",
    ],
    [
      "a tensor larger than its file",
      () => safetensors(`{"a":{"dtype":"F32","shape":[1000000000000],"data_offsets":[0,4000000000000]}}`),
      "WEIGHTS_CORRUPT",
    ],
    ["a header longer than its file", () => Uint8Array.from([...littleEndian(2 ** 40, 8), 0x7b]), "WEIGHTS_CORRUPT"],
  ])("%s", (_, bytes, code) => expectRefused(bytes(), code));

  it("zip entries that share a block", async () => {
    const block = new Uint8Array(8 * MEGABYTE);
    const archive = zip(tensor(4, [4], [1]), { "a/data/1": block });
    await expectRefused(withCopies(archive, "a/data/1", 500), "WEIGHTS_CORRUPT");
  });

  it("zip entries that are compressed: a bomb stays packed", async () => {
    const bomb = zipSync(
      { "a/data.pkl": tensor(2 ** 28, [2 ** 28], [1]), "a/data/0": new Uint8Array(64 * MEGABYTE) },
      { level: 9 },
    );
    await expectRefused(bomb, "WEIGHTS_CORRUPT");
  });

  it("what is not a file", async () => {
    await expect(readWeights(folder)).rejects.toMatchObject({ code: "WEIGHTS_NOT_FOUND", place: folder });
  });
});

/** The archive with further directory entries, all of which lead to one block. */
function withCopies(archive: Uint8Array, name: string, copies: number): Uint8Array {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = archive.length - 22;
  const start = view.getUint32(end + 16, true);
  let at = start;
  const nameOf = (offset: number) =>
    new TextDecoder().decode(archive.subarray(offset + 46, offset + 46 + view.getUint16(offset + 28, true)));
  const lengthOf = (offset: number) =>
    46 + view.getUint16(offset + 28, true) + view.getUint16(offset + 30, true) + view.getUint16(offset + 32, true);
  while (nameOf(at) !== name) at += lengthOf(at);
  const entry = archive.subarray(at, at + lengthOf(at));
  const directory = [archive.subarray(start, end)];
  for (let i = 0; i < copies; i++) {
    const copy = entry.slice();
    // Another name of the same length.
    copy.set(new TextEncoder().encode(`b${String(i).padStart(name.length - 1, "0")}`), 46);
    directory.push(copy);
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const out = new Uint8Array(start + size + 22);
  out.set(archive.subarray(0, start));
  let to = start;
  for (const part of directory) {
    out.set(part, to);
    to += part.length;
  }
  out.set(archive.subarray(end), to);
  const tail = new DataView(out.buffer);
  const count = view.getUint16(end + 10, true) + copies;
  tail.setUint16(to + 8, count, true);
  tail.setUint16(to + 10, count, true);
  tail.setUint32(to + 12, size, true);
  return out;
}

describe("bytes flipped, cut, doubled and put in", () => {
  const files: { [name: string]: () => Promise<Uint8Array> } = {
    ".pth": async () => zip(tensor(4, [2, 2], [1, 2])),
    ".safetensors": async () => {
      const file = join(folder, "tiny.safetensors");
      const tensors = new Map([
        ["encoder.a", storedFloat32(new Float32Array(4), [2, 2])],
        ["encoder.b", storedFloat32(new Float32Array(3), [3])],
      ]);
      await writeStoredTensors(file, tensors, { format: "pt" });
      const { readFile } = await import("node:fs/promises");
      return new Uint8Array(await readFile(file));
    },
  };

  it.each(Object.keys(files))("of a %s: it is read, or refused with its name", async (kind) => {
    const sound = await files[kind]();
    const rng = createRng("hostile", kind);
    const memory = process.memoryUsage().rss;
    for (let trial = 0; trial < 600; trial++) {
      let bytes = sound.slice();
      for (let change = 0; change <= rng.integer(3); change++) {
        const at = rng.integer(bytes.length);
        const way = rng.integer(5);
        if (way === 0) bytes = bytes.slice(0, at);
        else if (way === 1) bytes = Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(rng.integer(at + 1))]);
        else if (way === 2)
          bytes = Uint8Array.from([...bytes.subarray(0, at), 0xff, 0xff, 0xff, 0x7f, ...bytes.subarray(at)]);
        else bytes[at] = way === 3 ? rng.integer(256) : bytes[at] ^ (1 << rng.integer(8));
        if (bytes.length === 0) break;
      }
      const { fault, seconds } = await cost(bytes);
      expect(
        fault === undefined || (isEosinError(fault) && fault.place === path),
        `trial ${trial}: ${String(fault)}`,
      ).toBe(true);
      expect(seconds).toBeLessThan(2);
    }
    expect(process.memoryUsage().rss - memory).toBeLessThan(300 * MEGABYTE);
  });
});
