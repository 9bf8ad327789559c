import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ProgressUpdate } from "@eosin/plugin-api";
import { augmenterKind, lossKind, networkKind, optimizerKind, scheduleKind } from "@eosin/plugin-api";
import type { TrainedModel } from "@eosin/plugin-api/learning";
import { sha256Of } from "@eosin/support/sha256";
import { expect, test } from "vitest";
import {
  diskSplit,
  engineIdentity,
  handle,
  runStep,
  type StepRun,
  spec,
  temporaryFolder,
} from "../../testing/step-harness.test-support.js";

const artifacts = { folds: { value: diskSplit({ train: 8, validation: 3, test: 2 }, 32) } };
const engine = await engineIdentity("wasm");
const network = spec(networkKind, "model/multitask-unet", {
  encoder: "tiny",
  decoderChannels: [16, 16, 16, 16, 16],
  dropConnect: 0.2,
});
const options = {
  split: handle("split", "folds"),
  size: 32,
  batch: 3,
  epochs: 4,
  network,
  loss: spec(lossKind, "model/segmentation-plus-reconstruction"),
  optimizer: spec(optimizerKind, "model/adam", { lr: 0.003 }),
  schedule: spec(scheduleKind, "model/polynomial"),
  augment: [spec(augmenterKind, "data/flip")],
  earlyStopping: { patience: 3 },
  workers: 0,
};
const train = (changes: object = {}, how: Partial<Parameters<typeof runStep>[2]> = {}) =>
  runStep("model/trainer", { ...options, ...changes }, { artifacts, engine, ...how });
const modelOf = ({ value }: StepRun) => value as unknown as TrainedModel;

async function weightsHash({ blobs }: StepRun): Promise<string> {
  return sha256Of(await readFile(join(blobs, "weights.safetensors")));
}

const updates: ProgressUpdate[] = [];
let whole: Promise<StepRun> | undefined;
const uninterrupted = () => {
  whole ??= train({}, { onProgress: (update) => updates.push(update) });
  return whole;
};

/** Breaks off after a batch; leaves the checkpoints in `scratch`. */
async function breakOff(scratch: string, epoch: number, batch: number): Promise<void> {
  const killer = new AbortController();
  const onProgress = ({ current }: ProgressUpdate) => {
    if (current === epoch - 1 + batch / 4) killer.abort(new Error("killed"));
  };
  await expect(train({}, { scratch, signal: killer.signal, onProgress })).rejects.toThrow("killed");
}

test("keeps the range of values that its data set states", async () => {
  const split = artifacts.folds.value;
  const { dataset } = split;
  const ranged = { folds: { value: { ...split, dataset: { ...dataset, range: 4095 } } } };
  const model = modelOf(await train({ epochs: 1, earlyStopping: undefined }, { artifacts: ranged }));
  expect(model.range).toBe(4095);
  expect(modelOf(await uninterrupted())).not.toHaveProperty("range");
});

test("learns, and writes what a report needs", async () => {
  const { log, ...run } = await uninterrupted();
  const model = modelOf({ log, ...run });
  expect(model).toMatchObject({
    title: "multi-task U-Net, tiny, α 0.3",
    network,
    size: { width: 32, height: 32 },
    split: "fold-0",
    trainedOn: ["a", "b"],
    stoppedBecause: "epochs",
  });
  const [first, , , last] = model.history;
  expect(last.train.loss).toBeLessThan(0.6 * first.train.loss);
  expect(Object.keys(last.train).sort()).toEqual(["dice", "loss", "reconstruction", "segmentation"]);
  expect(Object.keys(last.validation).sort()).toEqual(["dice", "iou", "loss", "reconstruction", "segmentation"]);
  expect(last.train.loss).toBeCloseTo(last.train.segmentation + 0.3 * last.train.reconstruction, 5);
  expect(last.learningRate).toBeCloseTo(0.003 * 0.25 ** 0.9, 9);
  expect(log.join("\n")).toMatch(/needs [\d.]+ MiB of tensors \(at most 3\.\d GiB for the engine wasm\)/);
  expect(log.join("\n")).toMatch(/waited for data \d+\.\d %/);
  // Three batches and the validation are the four quarters of an epoch.
  expect(updates.map(({ current }) => current)).toEqual(Array.from({ length: 16 }, (_, i) => (i + 1) / 4));
  expect(updates[1]).toMatchObject({ unit: "epoch", total: 4, values: { loss: expect.any(Number) } });
});

test("the same seed gives the same bytes, with worker threads too; another seed does not", async () => {
  const expected = await weightsHash(await uninterrupted());
  expect(await weightsHash(await train({ workers: 2 }))).toBe(expected);
  expect(await weightsHash(await train({}, { seed: 43 }))).not.toBe(expected);
});

test("training that was broken off anywhere continues to the same bytes", async () => {
  const reference = await uninterrupted();
  for (const [epoch, batch] of [
    [1, 2],
    [3, 1],
    [4, 3],
  ]) {
    const scratch = await temporaryFolder();
    await breakOff(scratch, epoch, batch);
    const continued = await train({}, { scratch });
    expect(continued.value).toEqual(reference.value);
    expect(await weightsHash(continued)).toBe(await weightsHash(reference));
    if (epoch > 1) expect(continued.log).toContain(`Training continues after epoch ${epoch - 1}.`);
  }
});

test("a damaged checkpoint falls back to the one before it, and the bytes are the same", async () => {
  const scratch = await temporaryFolder();
  await breakOff(scratch, 4, 1);
  const names = (await readdir(join(scratch, "checkpoints"))).sort();
  const newest = join(scratch, "checkpoints", names[1]);
  await writeFile(newest, (await readFile(newest)).subarray(0, 1000));
  const continued = await train({}, { scratch });
  expect(continued.log).toContain("warning: The checkpoint of epoch 3 is damaged; the one before it is used.");
  expect(await weightsHash(continued)).toBe(await weightsHash(await uninterrupted()));
});

test("patience ends training, and the best epoch's weights are what is written", async () => {
  const diverging = { optimizer: spec(optimizerKind, "model/adam", { lr: 0.1 }), schedule: undefined, augment: [] };
  const stopped = await train({ ...diverging, epochs: 15, earlyStopping: { patience: 1 } });
  const { bestEpoch, history, stoppedBecause } = modelOf(stopped);
  expect(stoppedBecause).toBe("patience");
  expect(history).toHaveLength(bestEpoch + 1);
  const best = await train({ ...diverging, epochs: bestEpoch, earlyStopping: undefined });
  expect(await weightsHash(stopped)).toBe(await weightsHash(best));
});

test("a loss that is not finite stops the step, names the samples and keeps the checkpoint", async () => {
  const scratch = await temporaryFolder();
  await breakOff(scratch, 3, 1);
  const wild = train({ optimizer: spec(optimizerKind, "model/adam", { lr: 1e30 }) }, { scratch });
  await expect(wild).rejects.toMatchObject({
    code: "NON_FINITE_LOSS",
    message: expect.stringMatching(/in epoch 3, batch 2; training stopped/),
    place: expect.stringMatching(/^samples disk-\d, disk-\d, disk-\d$/),
  });
  const continued = await train({}, { scratch });
  expect(continued.log).toContain("Training continues after epoch 2.");
  expect(await weightsHash(continued)).toBe(await weightsHash(await uninterrupted()));
});

test("a batch that does not fit is split, with a warning where that changes the loss", async () => {
  const once = { epochs: 1, earlyStopping: undefined, size: 64, batch: 8 };
  const { estimatedBytes } = modelOf(await train(once));
  const limited = { memoryLimitBytes: estimatedBytes };
  const coupled = await train(once, limited);
  expect(coupled.log.join("\n")).toMatch(/warning: Batches of 8 pass the network as micro-batches of 4: the loss/);
  expect(modelOf(coupled).estimatedBytes).toBeLessThan(0.9 * estimatedBytes);
  const loss = spec(lossKind, "model/segmentation-plus-reconstruction", { segmentation: "bce" });
  const mean = await train({ ...once, loss }, limited);
  expect(mean.log.join("\n")).toMatch(/micro-batches of 4; the loss is a mean over samples/);
  await expect(train(once, { memoryLimitBytes: 1e6 })).rejects.toMatchObject({
    code: "OUT_OF_MEMORY",
    expected: "at most 879 KiB (the engine wasm)",
  });
});

test("starts from initial weights, and stores the model without their file", async () => {
  const weights = join((await uninterrupted()).blobs, "weights.safetensors");
  const warm = { ...network, with: { ...network.with, weights } };
  const model = modelOf(await train({ network: warm, epochs: 1 }));
  expect(model.network).toEqual(network);
  expect(model.history[0].train.loss).toBeLessThan(modelOf(await uninterrupted()).history[0].train.loss);
});

test("refuses what cannot be trained", async () => {
  await expect(train({ size: 40 })).rejects.toMatchObject({ code: "SIZE_NOT_MULTIPLE", next: "Use 32 × 32." });
  await expect(train({ network: spec(networkKind, "model/unet", { encoder: "tiny" }) })).rejects.toMatchObject({
    code: "LOSS_NEEDS_OUTPUT",
    message: expect.stringContaining("reconstruction"),
  });
  const empty = { folds: { value: { ...diskSplit({ train: 3, validation: 0, test: 0 }) } } };
  await expect(train({}, { artifacts: empty })).rejects.toMatchObject({ code: "EMPTY_PART" });
  await expect(train({}, { engine: undefined })).rejects.toMatchObject({ code: "ENGINE_MISSING" });
});
