import { join } from "node:path";
import type { Artifact } from "@eosin/plugin-api";
import { lossKind, networkKind, optimizerKind, postprocessKind, scheduleKind } from "@eosin/plugin-api";
import { type Predictions, predictionBlobName, type Split } from "@eosin/plugin-api/imaging";
import type { TrainedModel } from "@eosin/plugin-api/learning";
import { readSafetensors, toFloat32 } from "@eosin/plugin-api/tensor-file";
import { beforeAll, expect, test } from "vitest";
import {
  asArtifact,
  diskSplit,
  engineIdentity,
  handle,
  runStep,
  type StepRun,
  spec,
} from "../../testing/step-harness.test-support.js";

const engine = await engineIdentity("wasm");
const split = diskSplit({ train: 8, validation: 2, test: 5 }, 64);
let model: Artifact<TrainedModel>;

beforeAll(async () => {
  const training = {
    split: handle("split", "folds"),
    size: 64,
    batch: 2,
    epochs: 9,
    network: spec(networkKind, "model/multitask-unet", { encoder: "tiny", decoderChannels: [16, 16, 16, 16, 16] }),
    loss: spec(lossKind, "model/segmentation-plus-reconstruction", { segmentation: "dice+bce" }),
    optimizer: spec(optimizerKind, "model/adam", { lr: 0.005 }),
    schedule: spec(scheduleKind, "model/constant"),
    workers: 0,
  };
  model = await asArtifact(
    await runStep("model/trainer", training, { artifacts: { folds: { value: split } }, engine }),
    "model",
  );
});

const evaluate = (
  changes: object = {},
  { data = split, size = model.value.size }: { data?: Split; size?: TrainedModel["size"] } = {},
) =>
  runStep(
    "model/tta-evaluator",
    { split: handle("split", "folds"), model: handle("model", "train"), workers: 0, batch: 3, ...changes },
    { artifacts: { folds: { value: data }, train: { ...model, value: { ...model.value, size } } }, engine },
  );

const predictionsOf = ({ value }: StepRun) => value as unknown as Predictions;
const blob = ({ blobs }: StepRun, index: number) => readSafetensors(join(blobs, predictionBlobName(index)));

async function dice(run: StepRun, index: number): Promise<number> {
  const tensors = await blob(run, index);
  const [prediction, truth] = [tensors.get("prediction")!.bytes, tensors.get("truth")!.bytes];
  const both = prediction.reduce((sum, value, i) => sum + (value & truth[i]), 0);
  return (2 * both) / (prediction.reduce((a, b) => a + b, 0) + truth.reduce((a, b) => a + b, 0));
}

test("predicts the test part, one blob a sample", async () => {
  const run = await evaluate();
  const predictions = predictionsOf(run);
  expect(predictions).toMatchObject({
    predictor: "multi-task U-Net, tiny, α 0.3",
    role: "network",
    split: "fold-0",
    threshold: 0.5,
    trainedOn: ["a", "b"],
  });
  expect(predictions.samples.map(({ id }) => id)).toEqual(split.test);
  for (const index of split.test.keys()) expect(await dice(run, index)).toBeGreaterThan(0.8);
  const tensors = await blob(run, 4);
  expect(Object.fromEntries([...tensors].map(([name, { type, shape }]) => [name, [type, ...shape]]))).toEqual({
    probability: ["F32", 64, 64],
    prediction: ["U8", 64, 64],
    truth: ["U8", 64, 64],
    image: ["U8", 64, 64, 3],
    density: ["F32", 64, 64, 2],
  });
});

test("without rotations gives what validation saw in training", async () => {
  const run = await evaluate({ part: "validation", rotations: [0] });
  const mean = ((await dice(run, 0)) + (await dice(run, 1))) / 2;
  expect(mean).toBeCloseTo(model.value.history.at(-1)!.validation.dice, 6);
});

test("averages logits over the rotations", async () => {
  const logit = async (rotations: readonly number[]) => {
    const probability = toFloat32((await blob(await evaluate({ rotations }), 0)).get("probability")!);
    return Array.from(probability, (p) => Math.log(p / (1 - p)));
  };
  const single = [await logit([0]), await logit([90]), await logit([180]), await logit([270])];
  const all = await logit([0, 90, 180, 270]);
  expect(single[1]).not.toEqual(single[0]);
  // Probabilities near 0 and 1 do not give their logits back.
  const moderate = [...all.keys()].filter((i) => single.every((logits) => Math.abs(logits[i]) < 8));
  expect(moderate.length).toBeGreaterThan(50);
  for (const i of moderate) {
    const mean = (single[0][i] + single[1][i] + single[2][i] + single[3][i]) / 4;
    expect(Math.abs(all[i] - mean)).toBeLessThan(1e-3);
  }
});

test("passes fewer images at once where the memory holds no more", async () => {
  const options = { split: handle("split", "folds"), model: handle("model", "train"), workers: 0, rotations: [0] };
  const how = { artifacts: { folds: { value: split }, train: model }, engine };
  const run = await runStep("model/tta-evaluator", options, { ...how, memoryLimitBytes: 6 * 2 ** 20 });
  expect(run.log.join("\n")).toMatch(/in batches of [1-7]: 8 do not fit/);
  const none = runStep("model/tta-evaluator", options, { ...how, memoryLimitBytes: 2 ** 20 });
  await expect(none).rejects.toMatchObject({ code: "OUT_OF_MEMORY", message: expect.stringContaining("prediction") });
});

test("does not depend on how samples share batches", async () => {
  const probability = async (batch: number) =>
    toFloat32((await blob(await evaluate({ batch }), 4)).get("probability")!);
  const [alone, together] = [await probability(1), await probability(5)];
  for (const [i, value] of alone.entries()) expect(Math.abs(value - together[i])).toBeLessThan(1e-5);
});

test("takes inputs that are not square through quarter turns", async () => {
  const data = diskSplit({ train: 8, validation: 2, test: 2 }, 96, 64);
  const run = await evaluate({}, { data, size: { width: 96, height: 64 } });
  expect(predictionsOf(run).samples[0]).toMatchObject({ width: 96, height: 64 });
  for (const index of data.test.keys()) expect(await dice(run, index)).toBeGreaterThan(0.7);
});

test("judges at the original size, post-processed there", async () => {
  const data = diskSplit({ train: 8, validation: 2, test: 2 }, 150, 100);
  const postprocess = [spec(postprocessKind, "model/minor-region-filter"), spec(postprocessKind, "model/morphology")];
  const [raw, cleaned] = [
    await evaluate({ resolution: "original" }, { data }),
    await evaluate({ resolution: "original", postprocess }, { data }),
  ];
  expect(predictionsOf(raw).samples[1]).toMatchObject({ width: 150, height: 100 });
  const tensors = await blob(raw, 1);
  expect(tensors.get("image")!.shape).toEqual([100, 150, 3]);
  expect(tensors.get("density")!.shape).toEqual([100, 150, 2]);
  expect(await dice(raw, 1)).toBeGreaterThan(0.7);
  const grown = (await blob(cleaned, 1)).get("prediction")!.bytes;
  expect(grown.reduce((a, b) => a + b, 0)).toBeGreaterThan(tensors.get("prediction")!.bytes.reduce((a, b) => a + b, 0));
});

test("keeps to the domains asked for, and names one that is not there", async () => {
  expect(predictionsOf(await evaluate({ domains: ["b"] })).samples.every(({ domain }) => domain === "b")).toBe(true);
  await expect(evaluate({ domains: ["c"] })).rejects.toMatchObject({ code: "UNKNOWN_DOMAIN", expected: "a, b" });
  await expect(evaluate({}, { data: { ...split, test: [] } })).rejects.toMatchObject({ code: "EMPTY_PART" });
});

test("patches keep the group that their split holds together", async () => {
  const samples = split.dataset.samples.map((each, index) => ({ ...each, attributes: { patient: `P${index % 2}` } }));
  const data = { ...split, dataset: { ...split.dataset, samples }, groupBy: "patient" };
  const groups = predictionsOf(await evaluate({ rotations: [0] }, { data })).samples.map(({ group }) => group);
  expect(groups).toEqual(["P0", "P1", "P0", "P1", "P0"]);
  expect(predictionsOf(await evaluate({ rotations: [0] })).samples.every((each) => !("group" in each))).toBe(true);
});
