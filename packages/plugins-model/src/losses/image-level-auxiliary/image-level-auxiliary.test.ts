import { openEngine } from "@eosin/engine";
import { lossKind, networkKind, optimizerKind, scheduleKind } from "@eosin/plugin-api";
import type { TrainedModel } from "@eosin/plugin-api/learning";
import type { Rank } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";
import {
  contextFor,
  definitionOf,
  diskSplit,
  engineIdentity,
  handle,
  runStep,
  spec,
} from "../../testing/step-harness.test-support.js";
import { createSegmentation } from "../segmentation/segmentation.js";
import { createImageLevelAuxiliary } from "./image-level-auxiliary.js";

const reconstruction = { uses: "model/segmentation-plus-reconstruction", with: { segmentation: "mcc", alpha: 0.3 } };
const options = (batch: number) => ({
  split: handle("split", "folds"),
  size: 32,
  batch,
  epochs: 1,
  network: spec(networkKind, "model/multitask-unet", { encoder: "tiny", imageLevelHead: true }),
  loss: spec(lossKind, "model/image-level-auxiliary", {
    loss: { ...spec(lossKind, reconstruction.uses, reconstruction.with) },
  }),
  optimizer: spec(optimizerKind, "model/adam"),
  schedule: spec(scheduleKind, "model/constant"),
  workers: 0,
});
const artifacts = { folds: { value: diskSplit({ train: 5, validation: 2, test: 0 }, 32, 32, ["disk-0"]) } };
const batches = [1, 2, 5, 8];

it.each(batches)("a step on %d patches is measured on shapes", async (batch) => {
  const trainer = definitionOf("model/trainer");
  const { peakBytes } = await trainer.estimate!(contextFor(trainer.options.parse(options(batch))));
  expect(peakBytes).toBeGreaterThan(0);
});

it.each(batches)("it trains in batches of %d", async (batch) => {
  const { value } = await runStep("model/trainer", options(batch), { artifacts, engine: await engineIdentity("wasm") });
  const [{ train, validation }] = (value as unknown as TrainedModel).history;
  // Of a network that knows nothing, about the entropy of a coin.
  expect(train.imageLevel).toBeGreaterThan(0.1);
  expect(train.imageLevel).toBeLessThan(3);
  expect(validation.imageLevel).toBeGreaterThan(0);
});

// A whole training would take a minute in plain JavaScript.
it.each(batches)("its term is right for %d patches on the reference engine", async (batch) => {
  const { tf } = await openEngine(await engineIdentity("cpu"));
  const loss = createImageLevelAuxiliary(createSegmentation({ segmentation: "bce" }), 1);
  // Every patch but the first holds one tumour pixel.
  const mask = tf.tensor4d(
    Array.from({ length: batch * 16 }, (_, i) => Number(i % 16 === 3 && i > 16)),
    [batch, 4, 4, 1],
  );
  const imageLevel = tf.fill<Rank.R4>([batch, 1, 1, 1], 2);
  const record = { mask, image: mask, rgb: mask };
  const { terms } = loss.compute(tf, { mask: tf.zerosLike(mask), imageLevel }, record);
  const expected = (Math.log1p(Math.exp(2)) + (batch - 1) * Math.log1p(Math.exp(-2))) / batch;
  expect((await terms.imageLevel.data())[0]).toBeCloseTo(expected, 5);
});
