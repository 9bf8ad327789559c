import { createEngineProvider } from "@eosin/engine";
import { createRng } from "@eosin/plugin-api";
import type { Engine, Loss, LossBatch, NetworkOutputs, TensorRecord } from "@eosin/plugin-api/learning";
import { beforeAll, describe, expect, it } from "vitest";
import { installedTorch } from "../../../../test/fixtures/installed-torch.js";
import { createImageLevelAuxiliary } from "./image-level-auxiliary/image-level-auxiliary.js";
import { numericalGradient, references } from "./loss-references.test-support.js";
import { createSegmentation } from "./segmentation/segmentation.js";
import { segmentationNames } from "./segmentation-names.js";

const [BATCH, SIZE] = [2, 4];
const PIXELS = BATCH * SIZE * SIZE;
const rng = createRng("ignored pixels");
const logits = Array.from({ length: PIXELS }, () => Math.fround(rng.normal(0, 2)));
const valid = Array.from({ length: PIXELS }, () => Number(rng.chance(0.6)));
const mask = valid.map((counts) => counts * Number(rng.chance(0.4)));
const counted = <Value>(values: readonly Value[]) => values.filter((_, i) => valid[i] === 1);

const torch = await installedTorch();
if (torch) process.env.EOSIN_TORCH = torch.addon;
const provider = createEngineProvider();
/** Those that this machine has: wasm and cpu always, torch where libtorch is. */
const engines = (await provider.survey()).flatMap(({ name, available }) =>
  available && ["cpu", "wasm", "torch"].includes(name) ? [name] : [],
);

interface Batch {
  readonly mask: readonly number[];
  readonly valid?: readonly number[];
}

describe.each(engines)("on %s", (name) => {
  let engine: Engine;
  beforeAll(async () => {
    const { identity } = await provider.choose({ name, precision: "float32", threads: 1 });
    engine = await provider.open(identity);
  });

  /** The loss and its gradients. @param more Outputs (b,1,1,1). */
  async function run(loss: Loss, values: readonly number[], batch: Batch, more: Record<string, number[]> = {}) {
    const { tf } = engine;
    const variables = new Map([
      ["mask", tf.variable(tf.tensor4d([...values], [BATCH, SIZE, SIZE, 1]))],
      ...Object.entries(more).map(([key, each]) => [key, tf.variable(tf.tensor4d(each, [BATCH, 1, 1, 1]))] as const),
    ]);
    const gradients: { [name: string]: number[] } = {};
    const step = engine.trainingStep({
      variables,
      objective(record: TensorRecord) {
        const { total, terms } = loss.compute(
          tf,
          Object.fromEntries(variables) as unknown as NetworkOutputs,
          record as unknown as LossBatch,
        );
        return { loss: total, watch: terms };
      },
      update(found) {
        for (const [key, gradient] of found) gradients[key] = Array.from(gradient.dataSync());
      },
    });
    const host = Object.entries(batch).map(([key, each]) => [
      key,
      { data: Uint8Array.from(each as number[]), shape: [BATCH, SIZE, SIZE, 1] },
    ]);
    const result = await step.run([Object.fromEntries(host)]);
    step.dispose();
    for (const variable of variables.values()) variable.dispose();
    return { ...result, gradients };
  }

  describe.each(segmentationNames)("segmentation loss %s", (segmentation) => {
    const loss = createSegmentation({ segmentation });

    it("is that of the other pixels alone, and so is its gradient", async () => {
      const { loss: value, gradients } = await run(loss, logits, { mask, valid });
      const reference = (x: readonly number[]) => references[segmentation](counted(x), counted(mask));
      expect(value).toBeCloseTo(reference(logits), 5);
      const expected = numericalGradient(reference, logits);
      const largest = Math.max(...expected.map(Math.abs));
      for (const [i, slope] of gradients.mask.entries()) {
        expect(Math.abs(slope - expected[i]) / largest).toBeLessThan(1e-4);
        if (valid[i] === 0) expect(Math.abs(slope)).toBe(0);
      }
    });

    it("does not see what the network says of them", async () => {
      const elsewhere = logits.map((logit, i) => (valid[i] === 1 ? logit : 50 - 3 * logit));
      const [one, other] = [await run(loss, logits, { mask, valid }), await run(loss, elsewhere, { mask, valid })];
      expect(other.loss).toBe(one.loss);
      expect(other.gradients).toEqual(one.gradients);
    });

    it("is finite, with a gradient of zero, where all are ignored", async () => {
      const none = mask.map(() => 0);
      const { loss: value, gradients } = await run(loss, logits, { mask: none, valid: none });
      expect(value).toBeCloseTo(segmentation === "mcc" ? 1 : 0, 6);
      expect(gradients.mask.every((slope) => Math.abs(slope) === 0)).toBe(true);
    });
  });

  it("an image-level label is that of the pixels that count, and unknown where none does", async () => {
    const loss = createImageLevelAuxiliary(createSegmentation({ segmentation: "bce" }), 1);
    const half = PIXELS / BATCH;
    const firstIgnored = mask.map((_, i) => Number(i >= half));
    const tumour = mask.map((_, i) => Number(i === half + 3));
    const imageLevel = [0.7, -1.2];
    const result = await run(loss, logits, { mask: tumour, valid: firstIgnored }, { imageLevel });
    expect(result.watch.imageLevel).toBeCloseTo(references.bce([-1.2], [1]), 5);
    expect(Math.abs(result.gradients.imageLevel[0])).toBe(0);
    expect(result.gradients.imageLevel[1]).toBeLessThan(0);
  });
});
