import { join } from "node:path";
import { type Artifact, lossKind, networkKind, optimizerKind } from "@eosin/plugin-api";
import { type ChosenSettings, type Predictions, predictionBlobName, type Split } from "@eosin/plugin-api/imaging";
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
const split = diskSplit({ train: 8, validation: 0, test: 5 }, 64);
let model: Artifact<TrainedModel>;

beforeAll(async () => {
  const training = {
    split: handle("split", "folds"),
    size: 64,
    batch: 2,
    epochs: 6,
    network: spec(networkKind, "model/unet", { encoder: "tiny", decoderChannels: [16, 16, 16, 16, 16] }),
    loss: spec(lossKind, "model/segmentation"),
    optimizer: spec(optimizerKind, "model/adam", { lr: 0.005 }),
    workers: 0,
  };
  model = await asArtifact(
    await runStep("model/trainer", training, { artifacts: { folds: { value: split } }, engine }),
    "model",
  );
});

function evaluate(changes: object = {}, { data = split, settings }: { data?: Split; settings?: ChosenSettings } = {}) {
  const options = {
    split: handle("split", "folds"),
    model: handle("model", "train"),
    workers: 0,
    batch: 3,
    ...changes,
  };
  const artifacts = { folds: { value: data }, train: model, choose: { value: settings } };
  return runStep("model/tta-evaluator", options, { artifacts, engine });
}

const predictionsOf = ({ value }: StepRun) => value as unknown as Predictions;
async function probabilities(run: StepRun): Promise<Map<string, Float32Array>> {
  const maps = new Map<string, Float32Array>();
  for (const [index, { id }] of predictionsOf(run).samples.entries()) {
    const tensors = await readSafetensors(join(run.blobs, predictionBlobName(index)));
    maps.set(id, Float32Array.from(toFloat32(tensors.get("probability")!)));
  }
  return maps;
}

test("predictions say which part they are of, and how they were made", async () => {
  expect(predictionsOf(await evaluate({ rotations: [0] }))).toMatchObject({
    part: "test",
    settings: { rotations: [0], threshold: 0.5, postprocess: [] },
  });
});

test("flips average mirror images in", async () => {
  const [plain, flipped] = [
    await probabilities(await evaluate({ rotations: [0] })),
    await probabilities(await evaluate({ rotations: [0], flips: true })),
  ];
  const id = split.test[0];
  expect(flipped.get(id)).not.toEqual(plain.get(id));
  // Means of logits: near what one view says.
  const apart = flipped.get(id)!.reduce((sum, value, i) => sum + Math.abs(value - plain.get(id)![i]), 0) / 4096;
  expect(apart).toBeLessThan(0.1);
});

test("settings that a step chose take the place of the options", async () => {
  const chosen = { metric: "test", score: 1, plain: 1, patches: 1, tried: 1 };
  const settings: ChosenSettings = { rotations: [90], flips: true, threshold: 0.7, postprocess: [], chosen };
  const by = await evaluate({ settings: handle("prediction-settings", "choose"), threshold: 0.2 }, { settings });
  const { chosen: _, ...kept } = settings;
  expect(predictionsOf(by)).toMatchObject({ threshold: 0.7, settings: kept });
  const asked = await evaluate({ rotations: [90], flips: true, threshold: 0.7 });
  expect(await probabilities(by)).toEqual(await probabilities(asked));
  expect(predictionsOf(by).settings).toEqual(predictionsOf(asked).settings);
});

test("statistics of the images: shared within a domain, none of training's where all are theirs", async () => {
  const none = await probabilities(await evaluate({ rotations: [0] }));
  expect(await probabilities(await evaluate({ rotations: [0], statistics: { share: 0 } }))).toEqual(none);
  const half = await evaluate({ rotations: [0], statistics: {} });
  expect([...(await probabilities(half)).keys()]).toEqual([0, 2, 4, 1, 3].map((i) => split.test[i]));
  const own = await probabilities(half);
  for (const id of split.test) expect(own.get(id)).not.toEqual(none.get(id));
  expect(await probabilities(await evaluate({ rotations: [0], statistics: {} }))).toEqual(own);
});

test("a lone image of its domain keeps training's statistics, whatever came before it", async () => {
  const lone = { ...split, test: split.test.slice(0, 4).filter((_, i) => i !== 1) };
  const none = await probabilities(await evaluate({ rotations: [0] }));
  const mixed = await probabilities(await evaluate({ rotations: [0], statistics: {} }, { data: lone }));
  const [first, alone, third] = lone.test;
  expect(mixed.get(alone)).not.toBeUndefined();
  const isLone = (id: string) =>
    split.dataset.samples.filter((each) => lone.test.includes(each.id) && each.domain === domainOf(id)).length === 1;
  const domainOf = (id: string) => split.dataset.samples.find((each) => each.id === id)!.domain;
  for (const id of [first, alone, third]) {
    if (isLone(id)) expect(mixed.get(id)).toEqual(none.get(id));
    else expect(mixed.get(id)).not.toEqual(none.get(id));
  }
  expect(lone.test.filter(isLone)).toHaveLength(1);
});

test("statistics by an attribute need it of every image", async () => {
  await expect(evaluate({ statistics: { by: "slide" } })).rejects.toMatchObject({ code: "ATTRIBUTE_UNKNOWN" });
});
