import { openEngine } from "@eosin/engine";
import { lossKind, networkKind, optimizerKind } from "@eosin/plugin-api";
import type { LossBatch, TrainedModel } from "@eosin/plugin-api/learning";
import type { Tensor4D } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";
import { diskSplit, engineIdentity, handle, runStep, spec } from "../../testing/step-harness.test-support.js";
import { createSegmentation } from "../segmentation/segmentation.js";
import { createBoundary } from "./boundary.js";

const { tf, identity } = await openEngine(await engineIdentity("cpu"));
const dice = createSegmentation({ segmentation: "dice" });

// Values and gradients beside PyTorch's are in `losses/pytorch-figures.test.ts`.
it("trains and validates on the distances of its batches, in micro-batches too", async () => {
  const artifacts = { folds: { value: diskSplit({ train: 5, validation: 2, test: 0 }, 32) } };
  for (const microBatch of [undefined, 2]) {
    const options = {
      split: handle("split", "folds"),
      size: 32,
      batch: 5,
      microBatch,
      epochs: 1,
      network: spec(networkKind, "model/unet", { encoder: "tiny" }),
      loss: spec(lossKind, "model/boundary", { segmentation: "bce", weight: 0.5 }),
      optimizer: spec(optimizerKind, "model/adam"),
      workers: 0,
    };
    const { value } = await runStep("model/trainer", options, { artifacts, engine: await engineIdentity("wasm") });
    const [{ train, validation }] = (value as unknown as TrainedModel).history;
    for (const figures of [train, validation]) {
      expect(figures.loss).toBeCloseTo(figures.segmentation + 0.5 * figures.boundary, 5);
      // Of a network that knows nothing, probabilities are about a half: half the mean distance, which is above 0.
      expect(figures.boundary).toBeGreaterThan(0);
    }
  }
});

it("refuses another number of classes than the network's", () => {
  const mask = tf.zeros([1, 4, 4, 3]) as Tensor4D;
  const labels = tf.zeros([1, 4, 4, 1]) as Tensor4D;
  const batch = { mask: labels, distance: labels } as LossBatch;
  const compute = () => createBoundary(dice, { weight: 1, classes: 1 }).compute(tf, { mask }, batch);
  expect(compute).toThrow(expect.objectContaining({ code: "LOSS_CLASSES_MISMATCH", found: "classes: 1" }));
  expect(identity.name).toBe("cpu");
});
