import { openEngine } from "@eosin/engine";
import { createRng } from "@eosin/plugin-api";
import type { Engine, LossBatch, NetworkOutputs } from "@eosin/plugin-api/learning";
import { checkLoss } from "@eosin/plugin-api/testing";
import type { Tensor4D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { createImageLevelAuxiliary } from "./image-level-auxiliary/image-level-auxiliary.js";
import { references } from "./loss-references.test-support.js";
import { segmentation as definition } from "./segmentation/definition.js";
import { createSegmentation } from "./segmentation/segmentation.js";
import { segmentationNames } from "./segmentation-names.js";

const [BATCH, SIZE, CLASSES] = [2, 4, 3];
const PIXELS = BATCH * SIZE * SIZE;
const rng = createRng("classes");
const logits = Array.from({ length: PIXELS * CLASSES }, () => Math.fround(rng.normal(0, 2)));
const mask = Array.from({ length: PIXELS }, () => rng.integer(CLASSES));
const valid = Array.from({ length: PIXELS }, () => Number(rng.chance(0.7)));

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ name: "wasm", version: "test", precision: "float32", threads: 1, device: "cpu" });
});

/** Softmax of a pixel. */
function probabilitiesOf(pixel: number): readonly number[] {
  const own = logits.slice(pixel * CLASSES, (pixel + 1) * CLASSES).map(Math.exp);
  const sum = own.reduce((total, each) => total + each, 0);
  return own.map((each) => each / sum);
}

const counted = (of: readonly number[]) => Array.from(of.keys()).filter((pixel) => of[pixel] === 1);

/** One class's loss is that of one logit with its probability; BCE is cross-entropy. */
function reference(name: (typeof segmentationNames)[number], pixels: readonly number[]): number {
  const entropy = pixels.reduce((sum, pixel) => sum - Math.log(probabilitiesOf(pixel)[mask[pixel]]), 0) / pixels.length;
  if (name === "bce") return entropy;
  const [first, second] = name.split("+") as (typeof segmentationNames)[number][];
  if (second === "bce")
    return overClasses((x, y) => references["dice+bce"](x, y) - references.bce(x, y), pixels) + entropy;
  if (second) return reference(first, pixels) + reference(second, pixels);
  return overClasses(references[name], pixels);
}

function overClasses(
  of: (logits: readonly number[], mask: readonly number[]) => number,
  pixels: readonly number[],
): number {
  const each = [1, 2].map((label) => {
    const odds = pixels.map((pixel) => Math.log(probabilitiesOf(pixel)[label] / (1 - probabilitiesOf(pixel)[label])));
    return of(
      odds,
      pixels.map((pixel) => Number(mask[pixel] === label)),
    );
  });
  return (each[0] + each[1]) / 2;
}

describe.each(segmentationNames)("segmentation loss %s of three classes", (segmentation) => {
  it.each([false, true])("is the mean over the classes beside the background, ignored pixels: %s", async (ignoring) => {
    const { tf } = engine;
    const value = tf.tidy(() => {
      const outputs = { mask: tf.tensor4d(logits, [BATCH, SIZE, SIZE, CLASSES]) };
      const labels = mask.map((label, i) => (ignoring ? label * valid[i] : label));
      const batch = {
        mask: tf.tensor4d(labels, [BATCH, SIZE, SIZE, 1]),
        ...(ignoring && { valid: tf.tensor4d(valid, [BATCH, SIZE, SIZE, 1]) }),
      };
      return createSegmentation({ segmentation }).compute(tf, outputs as NetworkOutputs, batch as LossBatch).total;
    });
    const pixels = ignoring ? counted(valid) : Array.from(mask.keys());
    expect((await value.data())[0]).toBeCloseTo(reference(segmentation, pixels), 5);
    value.dispose();
  });

  it("keeps what a loss promises", async () => {
    await checkLoss(definition, { engine, options: { segmentation }, outputs: { mask: [SIZE, SIZE, CLASSES] } });
  });
});

describe("presence in the patch", () => {
  const labels = [1, 1, 0, 2].flatMap((label, i) => [0, i === 1 ? 2 : 0, label, 0]);
  const bceOf = (logit: number, there: number) => Math.log1p(Math.exp(there ? -logit : logit));
  const presenceOf = (imageLevel: readonly number[]) => {
    const { tf } = engine;
    return tf.tidy(() => {
      const of = (channels: number) => tf.zeros([4, 2, 2, channels]) as Tensor4D;
      const loss = createImageLevelAuxiliary(createSegmentation({ segmentation: "bce" }), 1);
      const valid = tf.tensor4d(
        labels.map((_, i) => Number(i < 12)),
        [4, 2, 2, 1],
      );
      const batch = { mask: tf.mul(tf.tensor4d(labels, [4, 2, 2, 1]), valid), valid, image: of(3), rgb: of(3) };
      const given = tf.tensor4d([...imageLevel], [4, 1, 1, imageLevel.length / 4]);
      return loss.compute(tf, { mask: of(3), imageLevel: given }, batch as LossBatch).terms.imageLevel.dataSync()[0];
    });
  };

  it("of any class, by one logit", () => {
    const expected = (bceOf(0.5, 1) + bceOf(-1, 1) + bceOf(2, 0)) / 3;
    expect(presenceOf([0.5, -1, 2, 3])).toBeCloseTo(expected, 5);
  });

  it("of each class, by its own; what is ignored is not known", () => {
    const given = [0.5, 1, -1, 0.3, 2, -2, 3, 4];
    const there = [1, 0, 1, 1, 0, 0];
    const expected = there.reduce((sum, is, i) => sum + bceOf(given[i], is), 0) / 6;
    expect(presenceOf(given)).toBeCloseTo(expected, 5);
  });
});
