import { openEngine } from "@eosin/engine";
import type { LossBatch } from "@eosin/plugin-api/learning";
import { checkLoss } from "@eosin/plugin-api/testing";
import type { Tensor4D } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { diceCrossEntropy } from "./definition.js";
import { createDiceCrossEntropy } from "./dice-cross-entropy.js";
import { diceCrossEntropyOptions } from "./options.js";

const engine = await openEngine({ name: "wasm", version: "test", precision: "float32", threads: 1, device: "cpu" });
const { tf } = engine;

// Values and gradients beside PyTorch's are in `losses/pytorch-figures.test.ts`.
describe.each([1, 3])("with %d logits", (channels) => {
  const classWeights = channels === 1 ? [1, 3] : [1, 3, 0.5];
  it.each([
    { dice: 0 },
    { crossEntropy: 0 },
    { crossEntropy: 0, perSample: true, background: true },
    { dice: 0, labelSmoothing: 0.1 },
    { perSample: true, classWeights },
    { dice: 2, crossEntropy: 0.5, classWeights, labelSmoothing: 0.1 },
  ])("%j keeps what a loss promises", async (options) => {
    await checkLoss(diceCrossEntropy, { engine, options, outputs: { mask: [4, 4, channels] } });
  });
});

it("is 0 where all is right and the network is sure, also where there is nothing", () => {
  const loss = createDiceCrossEntropy(diceCrossEntropyOptions.parse({}));
  for (const truth of [0, 1]) {
    const mask = tf.fill([1, 4, 4, 1], truth) as Tensor4D;
    const { total } = loss.compute(tf, { mask: tf.mul(tf.sub(mask, 0.5), 200) }, { mask } as LossBatch);
    expect(total.dataSync()[0]).toBeCloseTo(0, 5);
  }
});

it("refuses weights of another number of classes, and no loss at all", () => {
  const loss = createDiceCrossEntropy(diceCrossEntropyOptions.parse({ classWeights: [1, 2, 3] }));
  const mask = tf.zeros([1, 4, 4, 1]) as Tensor4D;
  expect(() => loss.compute(tf, { mask }, { mask } as LossBatch)).toThrow(
    expect.objectContaining({ code: "CLASS_WEIGHTS_MISMATCH", found: "3: 1, 2, 3" }),
  );
  expect(diceCrossEntropyOptions.safeParse({ dice: 0, crossEntropy: 0 }).success).toBe(false);
  expect(diceCrossEntropyOptions.safeParse({ classWeights: [0, 0] }).success).toBe(false);
});
