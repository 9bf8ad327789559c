import { openEngine } from "@eosin/engine";
import type { LossBatch } from "@eosin/plugin-api/learning";
import { checkLoss } from "@eosin/plugin-api/testing";
import type { Tensor4D } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { createDiceCrossEntropy } from "../dice-cross-entropy/dice-cross-entropy.js";
import { diceCrossEntropyOptions } from "../dice-cross-entropy/options.js";
import { focal } from "./definition.js";
import { createFocal } from "./focal.js";

const engine = await openEngine({ name: "wasm", version: "test", precision: "float32", threads: 1, device: "cpu" });
const { tf } = engine;

// Values and gradients beside PyTorch's are in `losses/pytorch-figures.test.ts`.
describe.each([1, 3])("with %d logits", (channels) => {
  it.each([{ gamma: 0 }, { gamma: 0.5 }, { gamma: 3, classWeights: channels === 1 ? [0.75, 0.25] : [0.2, 0.3, 0.5] }])(
    "%j keeps what a loss promises",
    async (options) => {
      await checkLoss(focal, { engine, options, outputs: { mask: [4, 4, channels] } });
    },
  );

  it("is cross-entropy with γ = 0", () => {
    const logits = tf.randomNormal([2, 4, 4, channels], 0, 2, "float32", 1) as Tensor4D;
    const mask = tf.cast(tf.greater(tf.randomUniform([2, 4, 4, 1], 0, 1, "float32", 2), 0.5), "float32") as Tensor4D;
    const entropy = createDiceCrossEntropy(diceCrossEntropyOptions.parse({ dice: 0 }));
    const [one, other] = [createFocal({ gamma: 0 }), entropy].map(
      (loss) => loss.compute(tf, { mask: logits }, { mask } as LossBatch).total.dataSync()[0],
    );
    expect(one).toBeCloseTo(other, 5);
  });
});
