import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Artifact, augmenterKind, lossKind, networkKind, optimizerKind } from "@eosin/plugin-api";
import { type Predictions, predictionBlobName } from "@eosin/plugin-api/imaging";
import type { TrainedModel } from "@eosin/plugin-api/learning";
import { readSafetensors } from "@eosin/plugin-api/tensor-file";
import sharp from "sharp";
import { beforeAll, expect, test } from "vitest";
import { predictImages } from "../../predict/predict-images.js";
import {
  asArtifact,
  contextFor,
  diskSplit,
  engineIdentity,
  handle,
  runStep,
  type StepRun,
  spec,
  temporaryFolder,
} from "../../testing/step-harness.test-support.js";

const engine = await engineIdentity("wasm");
/** Of 96 × 64 pixels: windows of 32 are cut out of their halves. */
const folds = { folds: { value: diskSplit({ train: 8, validation: 2, test: 2 }, 96, 64) } };
const training = {
  split: handle("split", "folds"),
  size: 32,
  scale: { factor: 0.5 },
  sampling: { batches: 12, tumour: 0.5, balance: "domain" },
  batch: 2,
  epochs: 4,
  network: spec(networkKind, "model/unet", { encoder: "tiny", decoderChannels: [16, 16, 16, 16, 16] }),
  loss: spec(lossKind, "model/segmentation"),
  optimizer: spec(optimizerKind, "model/adam", { lr: 0.005 }),
  augment: [spec(augmenterKind, "data/flip")],
  workers: 0,
};
const train = (how: Partial<Parameters<typeof runStep>[2]> = {}, changes: object = {}) =>
  runStep("model/trainer", { ...training, ...changes }, { artifacts: folds, engine, ...how });
let trained: StepRun;
const modelOf = ({ value }: StepRun) => value as unknown as TrainedModel;
const weightsOf = async ({ blobs }: StepRun) =>
  (await readSafetensors(join(blobs, "weights.safetensors"))).get("segmentation_head.0.weight")!.bytes;

beforeAll(async () => {
  trained = await train();
});

test("a model that learned from windows keeps their scale, and validates on all windows of an image", () => {
  const { size, scale, history } = modelOf(trained);
  expect({ size, scale }).toEqual({ size: { width: 32, height: 32 }, scale: { factor: 0.5 } });
  expect(history).toHaveLength(4);
  expect(history[3].validation.dice).toBeGreaterThan(0.6);
});

test("the same bytes come of threads, and of a training that was broken off", async () => {
  const whole = await weightsOf(trained);
  expect(await weightsOf(await train({}, { workers: 2 }))).toEqual(whole);
  const scratch = await temporaryFolder();
  const killer = new AbortController();
  const onProgress = ({ current }: { current: number }) => {
    if (current > 2.4) killer.abort(new Error("killed"));
  };
  await expect(train({ scratch, signal: killer.signal, onProgress })).rejects.toThrow("killed");
  expect(await weightsOf(await train({ scratch }))).toEqual(whole);
});

test.each([
  ["at the scale", {}, 48, 32],
  ["at another scale", { scale: { width: 64, height: 32 } }, 64, 32],
  ["by a window of the whole", { scale: 64, window: { size: 64 } }, 64, 64],
  ["at the size on file", { resolution: "original" }, 96, 64],
])("an evaluator predicts %s", async (_, changes, width, height) => {
  const artifacts = { ...folds, train: await asArtifact(trained, "model") };
  const options = {
    split: handle("split", "folds"),
    model: handle("model", "train"),
    workers: 0,
    batch: 3,
    ...changes,
  };
  const run = await runStep("model/tta-evaluator", options, { artifacts, engine });
  const { samples } = run.value as unknown as Predictions;
  expect(samples.map(({ id }) => id)).toEqual(folds.folds.value.test);
  for (const index of samples.keys()) {
    const tensors = await readSafetensors(join(run.blobs, predictionBlobName(index)));
    expect(tensors.get("probability")!.shape).toEqual([height, width]);
    const [prediction, truth] = [tensors.get("prediction")!.bytes, tensors.get("truth")!.bytes];
    const same = prediction.reduce((sum, value, i) => sum + Number(value === truth[i]), 0);
    expect(same / truth.length).toBeGreaterThan(0.8);
  }
});

test("windows must suit the network, and need a scale", async () => {
  const model: Artifact<TrainedModel> = await asArtifact(trained, "model");
  const artifacts = { ...folds, train: model };
  const evaluate = (changes: object, of = artifacts) =>
    runStep(
      "model/tta-evaluator",
      { split: handle("split", "folds"), model: handle("model", "train"), ...changes },
      { artifacts: of, engine },
    );
  await expect(evaluate({ window: { size: 40 } })).rejects.toMatchObject({ code: "SIZE_NOT_MULTIPLE" });
  const { scale: _, ...whole } = modelOf(trained);
  const unscaled = { ...artifacts, train: { ...artifacts.train, value: whole } };
  await expect(evaluate({ window: {} }, unscaled)).rejects.toMatchObject({ code: "WINDOWS_NEEDED" });
});

test("pictures of any size are predicted at the scale", async () => {
  const folder = await temporaryFolder();
  const noise = (width: number, height: number) => ({
    data: Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 97) % 256),
    raw: { raw: { width, height, channels: 3 as const } },
  });
  await mkdir(folder, { recursive: true });
  for (const [name, width, height] of [
    ["a", 200, 90],
    ["b", 30, 20],
  ] as const) {
    const { data, raw } = noise(width, height);
    await sharp(data, raw)
      .png()
      .toFile(join(folder, `${name}.png`));
  }
  const model = { value: modelOf(trained), weights: join(trained.blobs, "weights.safetensors") };
  const out = await temporaryFolder();
  const { written, failed } = await predictImages(contextFor({}), {
    models: [model],
    images: [folder],
    out,
    engine,
    workers: 0,
  });
  expect(failed).toEqual([]);
  const sizes = await Promise.all(written.map(async ({ mask }) => sharp(mask).metadata()));
  expect(sizes.map(({ width, height }) => [width, height])).toEqual([
    [200, 90],
    [30, 20],
  ]);
});

test("a training says which images windows reach past", async () => {
  const { log } = await train({}, { scale: { factor: 0.25 }, epochs: 1 });
  expect(log.filter((line) => line.includes("smaller at this scale"))).toEqual([
    expect.stringMatching(/^warning: 12 of 12 images are smaller at this scale than the window of 32 × 32 px, e\.g\. /),
  ]);
});
