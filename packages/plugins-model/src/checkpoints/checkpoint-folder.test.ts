import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Checkpoint } from "./checkpoint.js";
import { CheckpointFolder } from "./checkpoint-folder.js";

let scratch: string;
let warnings: string[];
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), "eosin-checkpoints-"));
  warnings = [];
});
afterEach(() => rm(scratch, { recursive: true }));

const folder = () => new CheckpointFolder(join(scratch, "checkpoints"));
const load = () => folder().load({ info: () => {}, warn: (message) => warnings.push(message) });
const files = async () => (await readdir(join(scratch, "checkpoints"))).sort();
const after = (epoch: number): Checkpoint => ({
  epoch,
  history: [{ epoch, learningRate: 1e-3, train: { loss: 0.1 + 0.2 }, validation: { loss: 1 / 3 } }],
  fallbacks: [
    {
      component: "stain/spcn",
      treatment: "left as it is",
      split: "fold-0",
      part: "train",
      of: 8,
      patches: [{ id: "a/1", reason: "it is black" }],
    },
  ],
  weights: new Map([["a/b.weight", Float32Array.of(epoch, 0.5, -1e-30)]]),
  optimizer: new Map([["first/a/b.weight", Float32Array.of(1, 2, 3)]]),
  ...(epoch > 1 ? { best: new Map([["a/b.weight", Float32Array.of(9, 9, 9)]]) } : {}),
});

test("gives back every bit that was saved", async () => {
  for (const epoch of [1, 2]) {
    await folder().save(after(epoch));
    expect(await load()).toEqual(after(epoch));
  }
});

test("an empty folder has none", async () => {
  expect(await load()).toBeUndefined();
});

test("keeps two generations", async () => {
  for (const epoch of [1, 2, 3, 4]) await folder().save(after(epoch));
  expect((await files()).map((name) => name.slice(0, 12))).toEqual(["epoch-000003", "epoch-000004"]);
});

test("a damaged or truncated one is said and falls back to the one before it", async () => {
  for (const damage of [(bytes: Buffer) => bytes.fill(7, bytes.length - 3), (bytes: Buffer) => bytes.subarray(0, 40)]) {
    await folder().save(after(1));
    await folder().save(after(2));
    const newest = join(scratch, "checkpoints", (await files())[1]);
    await writeFile(newest, damage(await readFile(newest)));
    expect((await load())?.epoch).toBe(1);
    expect(warnings.pop()).toContain("epoch 2 is damaged");
  }
});

test("a kill inside a write leaves the earlier ones untouched", async () => {
  await folder().save(after(1));
  await writeFile(join(scratch, "checkpoints", "writing.safetensors"), "half a chec");
  expect((await load())?.epoch).toBe(1);
  expect(await files()).toHaveLength(1);
});
