import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createRng, isEosinError } from "@eosin/plugin-api";
import { toFloat32 } from "@eosin/plugin-api/tensor-file";
import { zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isHere } from "../../../../../test/fixtures/required.js";
import { readWeights } from "../read-weights.js";
import { littleEndian, type PickledTensor, PickleWriter } from "./write-pickle.test-support.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eosin-torch-"));
});
afterAll(() => rm(folder, { recursive: true }));

const storage = new Float32Array([0, 1, 2, 3, 4, 5]);
const storageBytes = new Uint8Array(storage.buffer);
const whole: PickledTensor = { storage: "0", length: 6, shape: [2, 3], strides: [3, 1] };

/** Both formats that `torch.save` has written. */
const formats = {
  zip(pickle: Uint8Array, data = storageBytes): Uint8Array {
    return zipSync({ "archive/data.pkl": pickle, "archive/data/0": data }, { level: 0 });
  },
  stream(pickle: Uint8Array, data = storageBytes): Uint8Array {
    const magic = new PickleWriter().raw(0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19).done();
    const protocol = new PickleWriter().integer(1001).done();
    const machine = new PickleWriter().dictionary((w) => w.text("little_endian").raw(0x88)).done();
    const keys = new PickleWriter().raw(0x5d, 0x28).text("0").raw(0x65).done();
    const parts = [magic, protocol, machine, pickle, keys, Uint8Array.from(littleEndian(6, 8)), data];
    return Uint8Array.from(parts.flatMap((part) => [...part]));
  },
};

async function read(bytes: Uint8Array) {
  const path = join(folder, "checkpoint.pth");
  await writeFile(path, bytes);
  return readWeights(path);
}

const readZip = (write: (writer: PickleWriter) => void) => {
  const writer = new PickleWriter();
  write(writer);
  return read(formats.zip(writer.done()));
};

describe.each(["zip", "stream"] as const)("a PyTorch checkpoint (%s)", (format) => {
  const stream = format === "stream";
  const readDictionary = (tensor: PickledTensor) =>
    read(formats[format](new PickleWriter().dictionary((w) => w.text("x").tensor(tensor, stream)).done()));

  it.each<[string, Partial<PickledTensor>, number[]]>([
    ["whole storages", {}, [0, 1, 2, 3, 4, 5]],
    ["views with an offset", { offset: 2, shape: [3], strides: [1] }, [2, 3, 4]],
    ["transposed tensors", { shape: [3, 2], strides: [1, 3] }, [0, 3, 1, 4, 2, 5]],
    ["single numbers", { offset: 4, shape: [], strides: [] }, [4]],
    ["empty tensors", { shape: [0, 3], strides: [3, 1] }, []],
  ])("gives %s in row-major order", async (_, view, expected) => {
    const tensors = await readDictionary({ ...whole, ...view });
    expect([...toFloat32(tensors.get("x")!)]).toEqual(expected);
    expect(tensors.get("x")!.shape).toEqual(view.shape ?? whole.shape);
  });

  it("refuses a tensor that reaches beyond its storage", async () => {
    await expect(readDictionary({ ...whole, offset: 1 })).rejects.toMatchObject({ code: "WEIGHTS_CORRUPT" });
  });

  it("refuses a tensor that repeats its storage without end", async () => {
    const endless = readDictionary({ ...whole, shape: [2 ** 30, 2 ** 30], strides: [0, 0] });
    await expect(endless).rejects.toMatchObject({ code: "PICKLE_REFUSED" });
  });

  it("gives tensors or one of its errors, whatever byte is changed", async () => {
    const bytes = formats[format](new PickleWriter().dictionary((w) => w.text("x").tensor(whole, stream)).done());
    const rng = createRng("bytes", format);
    for (let trial = 0; trial < 300; trial++) {
      const changed = bytes.with(rng.integer(bytes.length), rng.integer(256));
      const fault = await read(changed).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(fault === undefined || isEosinError(fault), String(fault)).toBe(true);
    }
  });

  it("says so where the file was cut", async () => {
    const bytes = formats[format](new PickleWriter().dictionary((w) => w.text("x").tensor(whole, stream)).done());
    for (const end of [bytes.length - 1, bytes.length >> 1, 60]) {
      await expect(read(bytes.subarray(0, end))).rejects.toMatchObject({ code: "WEIGHTS_CORRUPT" });
    }
  });
});

it("reads an ordered dictionary with attributes, nested under state_dict", async () => {
  const tensors = await readZip((w) =>
    w.dictionary(() => {
      w.text("epoch").integer(3).text("state_dict");
      w.global("collections", "OrderedDict").raw(0x29, 0x52).raw(0x28).text("x").tensor(whole, false).raw(0x75);
      w.dictionary(() => w.text("_metadata").raw(0x7d)).raw(0x62);
    }),
  );
  expect([...tensors.keys()]).toEqual(["x"]);
});

describe("refuses, by name,", () => {
  it.each<[string, (writer: PickleWriter) => void, string]>([
    ["another global", (w) => w.global("os", "system").text("true").raw(0x85, 0x52), "the global os.system"],
    ["a global of builtins", (w) => w.global("builtins", "eval"), "the global builtins.eval"],
    [
      "one by its stack form",
      (w) => w.raw(0x8c, 2).raw(0x6f, 0x73, 0x8c, 5, ...text("popen"), 0x93),
      "the global os.popen",
    ],
    ["a global that is a property of every object", (w) => w.global("constructor", ""), "the global constructor."],
    ["a call of a storage", (w) => w.global("torch", "FloatStorage").raw(0x29, 0x52), "a call of torch.FloatStorage"],
    ["a call of a number", (w) => w.integer(1).raw(0x29, 0x52), "a call of something that is not a function"],
    ["INST", (w) => w.raw(0x28, 0x69), "the pickle instruction 0x69"],
    ["OBJ", (w) => w.raw(0x28, 0x6f), "the pickle instruction 0x6f"],
    ["NEWOBJ", (w) => w.raw(0x81), "the pickle instruction 0x81"],
    ["EXT1", (w) => w.raw(0x82, 1), "the pickle instruction 0x82"],
    ["BUILD on an object", (w) => w.integer(1).raw(0x7d, 0x62), "the instruction BUILD"],
    ["persistent ids of other things", (w) => w.text("module").raw(0x51), "a persistent id that is not a storage"],
    [
      "entries that are not tensors",
      (w) => w.dictionary(() => w.text("x").tensor(whole, false).text("y").integer(1)),
      "(y)",
    ],
    ["a later protocol", (w) => w.raw(0x80, 5), "pickle protocol 5"],
  ])("%s", async (_, write, message) => {
    const reading = readZip(write);
    await expect(reading).rejects.toMatchObject({ code: "PICKLE_REFUSED", place: join(folder, "checkpoint.pth") });
    await expect(reading).rejects.toThrow(message);
  });

  function text(value: string): Uint8Array {
    return new TextEncoder().encode(value);
  }
});

it("says so where a checkpoint holds no tensors, and where a zip is something else", async () => {
  await expect(readZip((w) => w.dictionary((d) => d.text("epoch").integer(1)))).rejects.toThrow(/no state dict/);
  await expect(read(zipSync({ "word/document.xml": new Uint8Array(3) }))).rejects.toMatchObject({
    code: "WEIGHTS_CORRUPT",
    found: "a zip without data.pkl",
  });
});

const stored = fileURLToPath(
  new URL("../../../../../../shared/golden/multitask-unet/efficientnet-b0-encoder.pth", import.meta.url),
);
const present = isHere("golden", existsSync(stored), "../shared/golden/multitask-unet");

describe.runIf(present)("a checkpoint that PyTorch wrote", () => {
  it("gives all tensors, whatever their type", async () => {
    const tensors = await readWeights(stored);
    expect(tensors.get("_conv_stem.weight")).toMatchObject({ type: "F32", shape: [32, 3, 3, 3] });
    expect(tensors.get("_bn0.num_batches_tracked")).toMatchObject({ type: "I64", shape: [] });
    expect(tensors.get("_fc.weight")!.shape).toEqual([1000, 1280]);
    expect(toFloat32(tensors.get("_fc.weight")!).every((value) => value === 0)).toBe(true);
  });

  it("is reported when a byte of its index is changed", async () => {
    const bytes = await readFile(stored);
    const index = bytes.indexOf("_rebuild_tensor_v2");
    bytes[index] = 0x58;
    await expect(read(bytes)).rejects.toThrow("the global torch._utils.Xrebuild_tensor_v2");
  });
});
