import { mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  augmenterKind,
  createRng,
  lossKind,
  networkKind,
  optimizerKind,
  type PlannedComponent,
} from "@eosin/plugin-api";
import { type DatasetIndex, type Predictions, predictionBlobName, type Split } from "@eosin/plugin-api/imaging";
import type { TrainedModel } from "@eosin/plugin-api/learning";
import { readSafetensors } from "@eosin/plugin-api/tensor-file";
import { planContext } from "@eosin/plugin-api/testing";
import sharp from "sharp";
import { expect, test } from "vitest";
import {
  asArtifact,
  contextFor,
  definitionOf,
  diskSplit,
  engineIdentity,
  handle,
  runStep,
  type StepRun,
  spec,
  temporaryFolder,
} from "../../testing/step-harness.test-support.js";

const size = 32;
const engine = await engineIdentity("wasm");
const options = {
  split: handle("split", "folds"),
  size,
  batch: 3,
  epochs: 2,
  network: spec(networkKind, "model/multitask-unet", { encoder: "tiny", decoderChannels: [8, 8, 8, 8, 8] }),
  loss: spec(lossKind, "model/segmentation-plus-reconstruction"),
  optimizer: spec(optimizerKind, "model/adam", { lr: 0.003 }),
  augment: [spec(augmenterKind, "data/flip"), spec(augmenterKind, "data/rotate90")],
  workers: 0,
};
const train = (split: Split, changes: object = {}, how: object = {}) =>
  runStep("model/trainer", { ...options, ...changes }, { artifacts: { folds: { value: split } }, engine, ...how });
const modelOf = ({ value }: StepRun) => value as unknown as TrainedModel;
const weightsOf = ({ blobs }: StepRun) => readFile(join(blobs, "weights.safetensors"));

async function write(path: string, data: Uint8Array, channels: 1 | 3): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const picture = sharp(data, { raw: { width: size, height: size, channels } });
  await picture.toColourspace(channels === 1 ? "b-w" : "srgb").toFile(path);
}

/**
 * Disks in files. Where the annotator was not sure, in the right half, labels are 2 for normal and 3 for tumour in the place of 0
 * and 1. @param wrong Whether these are the wrong way round.
 */
async function folders(wrong: boolean): Promise<string> {
  const root = await temporaryFolder();
  for (let i = 0; i < 8; i++) {
    const rng = createRng("unsure", i);
    const [cx, cy] = [rng.between(10, 22), rng.between(10, 22)];
    const labels = new Uint8Array(size * size);
    const image = new Uint8Array(3 * size * size);
    for (let pixel = 0; pixel < labels.length; pixel++) {
      const [x, y] = [pixel % size, Math.floor(pixel / size)];
      const tumour = Math.hypot(x - cx, y - cy) < 9;
      labels[pixel] = x < size / 2 ? Number(tumour) : tumour === wrong ? 2 : 3;
      for (let c = 0; c < 3; c++) image[3 * pixel + c] = (tumour ? 90 : 200) + rng.integer(30);
    }
    await write(join(root, "a/image", `${i}.png`), image, 3);
    await write(join(root, "a/mask", `${i}.png`), labels, 1);
  }
  return root;
}

async function splitOf(root: string, classes: object): Promise<Split> {
  const definition = definitionOf("data/image-mask-folders");
  const context = contextFor(definition.options.parse({ root, classes }));
  const dataset = (await definition.create(context)) as PlannedComponent;
  const { value } = (await dataset.plan(planContext({ baseFolder: root }))) as unknown as { value: DatasetIndex };
  const ids = value.samples.map(({ id }) => id);
  return { key: "fold-0", dataset: value, train: ids.slice(0, 5), validation: ids.slice(5, 7), test: ids.slice(7) };
}

test("ignored labels have no influence, be they right or wrong: the same figures and the same weights", async () => {
  const [right, wrong] = [await folders(false), await folders(true)];
  const ignoring = { tumour: 1, ignore: [2, 3] };
  const [one, other] = [await train(await splitOf(right, ignoring)), await train(await splitOf(wrong, ignoring))];
  expect(modelOf(other).history).toEqual(modelOf(one).history);
  expect((await weightsOf(other)).equals(await weightsOf(one))).toBe(true);

  const taking = { tumour: [1, 3] };
  const [taken, misled] = [await train(await splitOf(right, taking)), await train(await splitOf(wrong, taking))];
  expect(modelOf(misled).history).not.toEqual(modelOf(taken).history);
  expect((await weightsOf(taken)).equals(await weightsOf(one))).toBe(false);
});

test("the evaluator and the baselines keep them in the truth, and predict there as anywhere", async () => {
  const split = await splitOf(await folders(false), { tumour: 1, ignore: [2, 3] });
  const model = await asArtifact(await train(split), "model");
  const artifacts = { folds: { value: split }, train: model };
  const shared = { split: handle("split", "folds"), workers: 0 };
  const predicting = { ...shared, model: handle("model", "train") };
  const runs = [
    await runStep("model/tta-evaluator", predicting, { artifacts, engine }),
    await runStep("model/tta-evaluator", { ...predicting, resolution: "original" }, { artifacts, engine }),
    await runStep("model/baseline-all-foreground", { ...shared, size }, { artifacts }),
    await runStep("model/baseline-colour", { ...shared, size }, { artifacts }),
  ];
  for (const { value, blobs } of runs) {
    expect((value as unknown as Predictions).samples).toHaveLength(1);
    const tensors = await readSafetensors(join(blobs, predictionBlobName(0)));
    const { bytes } = tensors.get("truth")!;
    for (const [i, label] of bytes.entries()) expect(label === 255).toBe(i % size >= size / 2);
    expect(tensors.get("prediction")!.bytes.every((label) => label <= 1)).toBe(true);
  }
});

test("the colour baseline is fitted to the pixels that count", async () => {
  const [right, wrong] = [await folders(false), await folders(true)];
  const fit = async (root: string, classes: object) => {
    const artifacts = { folds: { value: await splitOf(root, classes) } };
    const run = await runStep(
      "model/baseline-colour",
      { split: handle("split", "folds"), size, workers: 0 },
      { artifacts },
    );
    return (await readSafetensors(join(run.blobs, predictionBlobName(0)))).get("probability")!.bytes;
  };
  const ignoring = { tumour: 1, ignore: [2, 3] };
  expect(await fit(wrong, ignoring)).toEqual(await fit(right, ignoring));
  expect(await fit(wrong, { tumour: [1, 3] })).not.toEqual(await fit(right, { tumour: [1, 3] }));
  await expect(fit(right, { tumour: 9, ignore: [0, 1, 2, 3] })).rejects.toMatchObject({ code: "NOTHING_TO_FIT" });
});

test("patches whose pixels are all ignored have no Dice, and are counted", async () => {
  const ignored = { "disk-0": 1, "disk-1": 0.4, "disk-4": 1, "disk-5": 0.5 };
  const split = (validation: number) => diskSplit({ train: 4, validation, test: 1 }, size, size, [], ignored);
  const some = await train(split(2));
  expect(some.log).toContain(
    "warning: All pixels of 1 of 4 training patches and of 1 of 2 validation patches are ignored: Dice and IoU leave these patches out.",
  );
  for (const { train: figures, validation } of modelOf(some).history) {
    expect(Object.keys(validation)).toEqual(["loss", "segmentation", "reconstruction", "dice", "iou"]);
    for (const value of [...Object.values(figures), ...Object.values(validation)]) expect(value).toBeLessThan(10);
    expect(figures.dice).toBeGreaterThan(0);
    expect(figures.dice).toBeLessThanOrEqual(1);
  }
  const none = await train(split(1));
  expect(Object.keys(modelOf(none).history[0].validation)).toEqual(["loss", "segmentation", "reconstruction"]);
  expect(JSON.stringify(none.value)).not.toContain("null");
  const stopping = train(split(1), { earlyStopping: { monitor: "validation.dice", patience: 2 } });
  await expect(stopping).rejects.toMatchObject({ code: "VALIDATION_UNDEFINED" });
});

test("Dice in training is the mean over patches with pixels that count, however the batch is split", async () => {
  // Nothing but background: it is soon predicted empty, and Dice is 1; were the ignored patch in the mean, it were 0.5.
  const blank = diskSplit({ train: 2, validation: 0, test: 1 }, size, size, ["disk-0", "disk-1"], { "disk-0": 1 });
  const loss = spec(lossKind, "model/segmentation", { segmentation: "bce" });
  const optimizer = spec(optimizerKind, "model/adam", { lr: 0.05 });
  const changes = { batch: 2, epochs: 12, loss, optimizer, augment: [] };
  for (const microBatch of [2, 1]) {
    const { log, ...run } = await train(blank, { ...changes, microBatch });
    expect(modelOf(run as StepRun).history.at(-1)!.train.dice).toBeCloseTo(1, 5);
    const uneven = /warning: Some pixels are ignored: the loss is then a mean over the others of each micro-batch/;
    expect(log.filter((line) => uneven.test(line))).toHaveLength(2 - microBatch);
  }
});
