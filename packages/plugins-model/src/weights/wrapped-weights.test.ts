import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEngine } from "@eosin/engine";
import { createRng, type Logger } from "@eosin/plugin-api";
import type { Engine } from "@eosin/plugin-api/learning";
import { type StoredTensor, storedFloat32, toFloat32, writeStoredTensors } from "@eosin/plugin-api/tensor-file";
import { zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unetOf } from "../testing/networks.test-support.js";
import { exportWeights } from "./network-weights.js";
import { PickleWriter } from "./torch/write-pickle.test-support.js";

let folder: string;
let engine: Engine;
let weights: Map<string, StoredTensor>;
const options = { encoder: "tiny", decoderChannels: [4, 4, 4, 4, 4] } as const;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eosin-wrapped-"));
  engine = await openEngine({ name: "cpu", version: "test", precision: "float32", threads: 1, device: "cpu" });
  const network = await (await unetOf(options)).build(engine, createRng(1));
  weights = await exportWeights(network);
  network.dispose();
});
afterAll(() => rm(folder, { recursive: true }));

type Dictionary = { readonly [key: string]: Dictionary | Map<string, StoredTensor> | number };

/** As `torch.save` writes it. */
function checkpoint(content: Dictionary | Map<string, StoredTensor>): Uint8Array {
  const entries: { [name: string]: Uint8Array } = {};
  let count = 0;
  const write = (w: PickleWriter, value: Dictionary | Map<string, StoredTensor> | number): void => {
    if (typeof value === "number") return void w.integer(value);
    w.dictionary(() => {
      if (!(value instanceof Map)) {
        for (const [key, inner] of Object.entries(value)) write(w.text(key), inner);
        return;
      }
      for (const [name, { shape, bytes }] of value) {
        const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
        entries[`a/data/${count}`] = bytes;
        w.text(name).tensor({ storage: String(count++), length: bytes.length / 4, shape, strides }, false);
      }
    });
  };
  const writer = new PickleWriter();
  write(writer, content);
  return zipSync({ "a/data.pkl": writer.done(), ...entries }, { level: 0 });
}

const named = (rename: (name: string) => string, of = weights) =>
  new Map([...of].map(([name, tensor]) => [rename(name), tensor]));
const before = (prefix: string, of = weights) => named((name) => prefix + name, of);
/** The weights as they would be of another epoch. */
const other = () =>
  new Map(
    [...weights].map(([name, tensor]) => [
      name,
      storedFloat32(
        toFloat32(tensor).map(() => 7),
        tensor.shape,
      ),
    ]),
  );
const scalar = storedFloat32(new Float32Array(1), []);

async function load(bytes: Uint8Array | Map<string, StoredTensor>) {
  const path = join(folder, bytes instanceof Map ? "w.safetensors" : "w.pth");
  if (bytes instanceof Map) await writeStoredTensors(path, bytes);
  else await writeFile(path, bytes);
  const lines: string[] = [];
  const log: Logger = { info: (line) => lines.push(line.replace(path, "FILE")), warn: (line) => lines.push(line) };
  const network = await (await unetOf({ ...options, weights: path }, log)).build(engine, createRng(2));
  const loaded = await exportWeights(network);
  network.dispose();
  return { loaded, lines };
}

function expectSame(loaded: Map<string, StoredTensor>, names: Iterable<string> = weights.keys()): void {
  for (const name of names) {
    expect(Buffer.compare(loaded.get(name)!.bytes, weights.get(name)!.bytes), name).toBe(0);
  }
}

describe("the checkpoint of a whole network", () => {
  it.each<[string, () => Dictionary | Map<string, StoredTensor>, string]>([
    ["DataParallel", () => before("module."), 'names after "module."'],
    ["torch.compile", () => before("_orig_mod."), 'names after "_orig_mod."'],
    ["torch.compile of DataParallel", () => before("_orig_mod.module."), 'names after "_orig_mod.module."'],
    ["Lightning", () => ({ epoch: 3, state_dict: before("model.") }), 'state_dict, names after "model."'],
    ["Lightning with a field net", () => ({ state_dict: before("net.") }), 'state_dict, names after "net."'],
    [
      "Lightning, compiled",
      () => ({ state_dict: before("model._orig_mod.") }),
      'state_dict, names after "model._orig_mod."',
    ],
    ["a dictionary with model", () => ({ model: weights, epoch: 1 }), "model"],
    ["a dictionary with net", () => ({ net: weights }), "net"],
    ["a dictionary with model_state_dict", () => ({ model_state_dict: weights, loss: 1 }), "model_state_dict"],
    [
      "a dictionary in a dictionary",
      () => ({ model: { state_dict: before("module.") } }),
      'model.state_dict, names after "module."',
    ],
    ["running averages alone", () => ({ state_dict_ema: weights }), "state_dict_ema"],
    ["weights beside their averages", () => ({ state_dict_ema: other(), state_dict: weights }), "state_dict"],
    [
      "averages among the names",
      () => ({ state_dict: new Map([...before("ema_model.", other()), ...before("model.")]) }),
      'state_dict, names after "model."',
    ],
    [
      "averages as the only names",
      () => ({ state_dict: before("ema_model.") }),
      'state_dict, names after "ema_model."',
    ],
    ["torch's AveragedModel", () => new Map([["n_averaged", scalar], ...before("module.")]), 'names after "module."'],
    [
      "a module that holds weights of its loss too",
      () => ({ state_dict: new Map([...before("model."), ["criterion.weight", scalar]]) }),
      'state_dict, names after "model."',
    ],
  ])("of %s is loaded, and says where it was", async (_, content, where) => {
    const { loaded, lines } = await load(checkpoint(content()));
    expectSame(loaded);
    expect(lines).toEqual([expect.stringContaining(`Initial weights of FILE (${where}): ${weights.size} of`)]);
  });

  it("may be safetensors too", async () => {
    expectSame((await load(before("module.model."))).loaded);
  });

  it("without a wrapper is loaded without a word", async () => {
    const { loaded, lines } = await load(checkpoint(weights));
    expectSame(loaded);
    expect(lines).toEqual([]);
  });
});

it.each(["module.", "model.encoder.", "_orig_mod.module.backbone.", "net."])(
  "an encoder alone is loaded after %s",
  async (prefix) => {
    const encoder = [...weights].filter(([name]) => name.startsWith("encoder."));
    const bare = new Map(encoder.map(([name, tensor]) => [prefix + name.slice("encoder.".length), tensor]));
    expectSame(
      (await load(checkpoint({ state_dict: bare }))).loaded,
      encoder.map(([name]) => name),
    );
  },
);

describe("what does not fit", () => {
  it("is called as in the file", async () => {
    const changed = before("module.");
    changed.delete("module.segmentation_head.0.bias");
    changed.set("module.segmentation_head.1.bias", scalar);
    const stem = changed.get("module.encoder.stages.0.down.0.weight") ?? [...changed.values()][0];
    changed.set([...changed.keys()][0], storedFloat32(new Float32Array(3), [3]));
    expect(stem).toBeDefined();
    const failing = load(checkpoint(changed));
    await expect(failing).rejects.toMatchObject({
      code: "WEIGHTS_MISMATCH",
      place: `${join(folder, "w.pth")} (names after "module.")`,
      found: expect.stringMatching(
        /1 missing: segmentation_head\.0\.bias; 1 unexpected: module\.segmentation_head\.1\.bias; 1 of another shape: module\.encoder\./,
      ),
    });
  });

  it("of another network too", async () => {
    const foreign = named((name) =>
      name.replace(/^decoder\./, "stain_vec_decoder.").replace("segmentation_head", "mask_head"),
    );
    const failing = load(checkpoint({ state_dict: named((name) => `module.${name}`, foreign) }));
    await expect(failing).rejects.toMatchObject({ code: "WEIGHTS_MISMATCH" });
    const error = (await failing.catch((fault: unknown) => fault)) as { found: string };
    const quoted = [...error.found.matchAll(/unexpected: ([^;]*)/g)].flatMap(([, list]) => list.split(", "));
    expect(quoted.filter((name) => !name.startsWith("and "))).toSatisfy((names: string[]) =>
      names.every((name) => name.startsWith("module.stain_vec_decoder.")),
    );
  });
});
