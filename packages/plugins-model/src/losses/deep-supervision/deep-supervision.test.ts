import { openEngine } from "@eosin/engine";
import { lossKind, networkKind, optimizerKind } from "@eosin/plugin-api";
import type { Loss, LossBatch, NetworkOutputs } from "@eosin/plugin-api/learning";
import type { Tensor4D } from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";
import { diskSplit, engineIdentity, handle, runStep, spec } from "../../testing/step-harness.test-support.js";
import { createSegmentation } from "../segmentation/segmentation.js";
import { createDeepSupervision } from "./deep-supervision.js";

const engine = await openEngine(await engineIdentity("cpu"));
const { tf } = engine;
const bce = createSegmentation({ segmentation: "bce" });

// Values and gradients beside PyTorch's are in `losses/pytorch-figures.test.ts`.
it("takes the label behind the middle of each block, and weights 1, ½, ¼ of a sum of 1", () => {
  const seen: number[][] = [];
  const spy: Loss = {
    ...bce,
    compute: (tfjs, _, batch) => {
      seen.push(Array.from(batch.mask.dataSync()), Array.from(batch.valid!.dataSync()));
      return { total: tfjs.scalar(seen.length / 2), terms: {} };
    },
  };
  const values = Array.from({ length: 16 }, (_, i) => i);
  const mask = tf.tensor4d(values, [1, 4, 4, 1]);
  const outputs = { mask, "mask/2": tf.zeros([1, 2, 2, 1]), "mask/4": tf.zeros([1, 1, 1, 1]) };
  const { total, terms } = createDeepSupervision(spy, 2).compute(
    tf,
    outputs as unknown as NetworkOutputs,
    { mask, valid: mask } as unknown as LossBatch,
  );
  expect(seen[2]).toEqual([5, 7, 13, 15]);
  expect(seen[3]).toEqual([5, 7, 13, 15]);
  expect(seen[4]).toEqual([10]);
  expect(total.dataSync()[0]).toBeCloseTo((1 + 2 / 2 + 3 / 4) / 1.75, 6);
  expect(terms.fullSize.dataSync()[0]).toBe(1);
});

it("names what it reads, so that a network without these outputs is refused", async () => {
  expect(createDeepSupervision(bce, 3).needs).toEqual(["mask", "mask/2", "mask/4", "mask/8"]);
  const training = runStep(
    "model/trainer",
    {
      split: handle("split", "folds"),
      size: 32,
      batch: 2,
      epochs: 1,
      network: spec(networkKind, "model/unet", { encoder: "tiny" }),
      loss: spec(lossKind, "model/deep-supervision", { loss: { ...spec(lossKind, "model/dice-cross-entropy") } }),
      optimizer: spec(optimizerKind, "model/adam"),
      workers: 0,
    },
    { artifacts: { folds: { value: diskSplit({ train: 2, validation: 0, test: 0 }, 32) } }, engine: engine.identity },
  );
  await expect(training).rejects.toMatchObject({ code: "LOSS_NEEDS_OUTPUT" });
});

it("refuses a loss of more than the mask, and outputs of another size", () => {
  const more: Loss = { ...bce, needs: ["mask", "reconstruction"] };
  expect(() => createDeepSupervision(more, 1)).toThrow(expect.objectContaining({ code: "LOSS_NOT_OF_MASK" }));
  expect(() => createDeepSupervision({ ...bce, needsDensity: true }, 1)).toThrow(
    expect.objectContaining({ code: "LOSS_NOT_OF_MASK", found: "one that reads density too" }),
  );
  const mask = tf.zeros([1, 4, 4, 1]) as Tensor4D;
  const outputs = { mask, "mask/2": mask } as unknown as NetworkOutputs;
  const compute = () => createDeepSupervision(bce, 1).compute(tf, outputs, { mask } as LossBatch);
  expect(compute).toThrow(expect.objectContaining({ code: "SUPERVISION_SIZE", found: "4 × 4" }));
});
