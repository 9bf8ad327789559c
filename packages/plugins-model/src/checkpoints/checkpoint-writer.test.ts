import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Checkpoint } from "./checkpoint.js";
import { CheckpointFolder } from "./checkpoint-folder.js";
import { CheckpointWriter } from "./checkpoint-writer.js";

let scratch: string;
let folder: string;
let writer: CheckpointWriter;
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), "eosin-checkpoint-writer-"));
  folder = join(scratch, "checkpoints");
  writer = new CheckpointWriter(folder);
});
afterEach(async () => {
  await writer.close();
  await rm(scratch, { recursive: true, force: true });
});

const load = () => new CheckpointFolder(folder).load({ info: () => {}, warn: () => {} });
const best = new Map([["a", Float32Array.of(9)]]);
const after = (epoch: number): Checkpoint => ({
  epoch,
  history: [],
  fallbacks: [],
  weights: new Map([["a", Float32Array.of(epoch)]]),
  optimizer: new Map([["first/a", Float32Array.of(1, 2, epoch)]]),
  best,
});

test("writes one after the other, and leaves the best weights to the caller", async () => {
  for (const epoch of [1, 2, 3]) await writer.begin(after(epoch));
  await writer.end();
  expect(await load()).toEqual(after(3));
  expect(best.get("a")).toEqual(Float32Array.of(9));
  expect(await readdir(folder)).toHaveLength(2);
});

test("what was begun is on the disk when the writer is closed", async () => {
  await writer.begin(after(1));
  await writer.close();
  expect((await load())?.epoch).toBe(1);
});

test("moves weights and moments in place of copying them", async () => {
  const checkpoint = after(1);
  await writer.begin(checkpoint);
  expect([checkpoint.weights.get("a"), checkpoint.optimizer.get("first/a")].map((values) => values?.length)).toEqual([
    0, 0,
  ]);
});

test("one that cannot be written is an error of the next and of the end; the one before is kept", async () => {
  await writer.begin(after(1));
  await writer.end();
  // A folder in the file's place: root may write anywhere.
  await mkdir(join(folder, "writing.safetensors"));
  await writer.begin(after(2));
  const failure = {
    code: "CHECKPOINT_UNWRITABLE",
    message: "The checkpoint of epoch 2 cannot be written.",
    place: folder,
    found: expect.stringContaining("EISDIR"),
    cause: expect.objectContaining({ code: "EISDIR", path: join(folder, "writing.safetensors") }),
  };
  await expect(writer.end()).rejects.toMatchObject(failure);
  await expect(writer.begin(after(3))).rejects.toMatchObject(failure);
  await rm(join(folder, "writing.safetensors"), { recursive: true });
  expect((await load())?.epoch).toBe(1);
});

test("a place that is not a folder is named", async () => {
  await writeFile(folder, "no folder");
  await writer.begin(after(1));
  await expect(writer.end()).rejects.toMatchObject({ found: expect.stringMatching(/EEXIST|ENOTDIR/) });
});
