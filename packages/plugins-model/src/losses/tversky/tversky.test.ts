import { openEngine } from "@eosin/engine";
import type { LossBatch } from "@eosin/plugin-api/learning";
import { checkLoss } from "@eosin/plugin-api/testing";
import type { Tensor4D } from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { createDiceCrossEntropy } from "../dice-cross-entropy/dice-cross-entropy.js";
import { diceCrossEntropyOptions } from "../dice-cross-entropy/options.js";
import { tversky } from "./definition.js";
import { tverskyOptions } from "./options.js";
import { createTversky } from "./tversky.js";

const engine = await openEngine({ name: "wasm", version: "test", precision: "float32", threads: 1, device: "cpu" });
const { tf } = engine;

// Values and gradients beside PyTorch's are in `losses/pytorch-figures.test.ts`.
describe.each([1, 3])("with %d logits", (channels) => {
  it.each([{ perSample: true }, { alpha: 0, beta: 2 }, { background: true }])(
    "%j keeps what a loss promises",
    async (options) => {
      await checkLoss(tversky, { engine, options, outputs: { mask: [4, 4, channels] } });
    },
  );

  it("is Dice with α = β = ½", () => {
    const logits = tf.randomNormal([2, 4, 4, channels], 0, 2, "float32", 1) as Tensor4D;
    const mask = tf.cast(tf.greater(tf.randomUniform([2, 4, 4, 1], 0, 1, "float32", 2), 0.5), "float32") as Tensor4D;
    const dice = createDiceCrossEntropy(diceCrossEntropyOptions.parse({ crossEntropy: 0, smooth: 2e-3 }));
    const half = createTversky(tverskyOptions.parse({ alpha: 0.5, beta: 0.5, smooth: 1e-3 }));
    const [one, other] = [half, dice].map(
      (loss) => loss.compute(tf, { mask: logits }, { mask } as LossBatch).total.dataSync()[0],
    );
    expect(one).toBeCloseTo(other, 5);
  });
});
