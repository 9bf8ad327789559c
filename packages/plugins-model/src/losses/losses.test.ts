import { openEngine } from "@eosin/engine";
import { createRng } from "@eosin/plugin-api";
import type { Engine, Loss, LossBatch, NetworkOutputs, TensorRecord } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { reconstructionLoss } from "../testing/networks.test-support.js";
import { createDensitySupervised } from "./density-supervised/density-supervised.js";
import { createImageLevelAuxiliary } from "./image-level-auxiliary/image-level-auxiliary.js";
import { numericalGradient, references } from "./loss-references.test-support.js";
import { createSegmentation } from "./segmentation/segmentation.js";
import { segmentationNames } from "./segmentation-names.js";
import { createSegmentationPlusReconstruction } from "./segmentation-plus-reconstruction/segmentation-plus-reconstruction.js";

const [BATCH, SIZE] = [2, 4];
const PIXELS = BATCH * SIZE * SIZE;
const rng = createRng("losses");
const draw = (count: number, scale: number) => Array.from({ length: count }, () => Math.fround(rng.normal(0, scale)));
const logits = draw(PIXELS, 2);
const mask = Array.from({ length: PIXELS }, () => Number(rng.chance(0.4)));

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ name: "cpu", version: "test", precision: "float32", threads: 1, device: "cpu" });
});

type Values = { readonly [name: string]: { readonly values: readonly number[]; readonly channels: number } };

/** The loss, its terms, and its gradient for every output. */
async function run(loss: Loss, outputs: Values, batch: Values) {
  const { tf } = engine;
  const tensor = ({ values, channels }: Values[string], size = SIZE) =>
    tf.tensor4d([...values], [BATCH, size, size, channels]);
  const variables = new Map(
    Object.entries(outputs).map(([name, value]) => [
      name,
      tf.variable(tensor(value, name === "imageLevel" ? 1 : SIZE)),
    ]),
  );
  const gradients: { [name: string]: Float32Array } = {};
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
      for (const [name, gradient] of found) gradients[name] = gradient.dataSync() as Float32Array;
    },
  });
  const host = Object.fromEntries(
    Object.entries(batch).map(([name, { values, channels }]) => [
      name,
      { data: Float32Array.from(values), shape: [BATCH, SIZE, SIZE, channels] },
    ]),
  );
  const result = await step.run([host]);
  for (const variable of variables.values()) variable.dispose();
  return { ...result, gradients };
}

function expectClose(actual: ArrayLike<number>, expected: readonly number[], tolerance = 1e-4) {
  const largest = Math.max(...expected.map(Math.abs));
  for (const [i, value] of expected.entries()) expect(Math.abs(actual[i] - value) / largest).toBeLessThan(tolerance);
}

const maskOf = (values: readonly number[]) => ({ mask: { values, channels: 1 } });

describe.each(segmentationNames)("segmentation loss %s", (segmentation) => {
  const loss = createSegmentation({ segmentation });

  it("has the definition's value and gradient", async () => {
    const { loss: value, watch, gradients } = await run(loss, maskOf(logits), maskOf(mask));
    expect(value).toBeCloseTo(references[segmentation](logits, mask), 5);
    expect(watch.segmentation).toBe(value);
    expectClose(
      gradients.mask,
      numericalGradient((x) => references[segmentation](x, mask), logits),
    );
  });

  it.each([
    ["no tumour", 0],
    ["nothing but tumour", 1],
  ])("stays finite in a batch with %s", async (_, truth) => {
    const { loss: value, gradients } = await run(loss, maskOf(logits), maskOf(mask.map(() => truth)));
    expect(value).toBeCloseTo(
      references[segmentation](
        logits,
        mask.map(() => truth),
      ),
      4,
    );
    expect(gradients.mask.every(Number.isFinite)).toBe(true);
  });

  it.each([-200, 200])("stays finite where every logit is %d", async (logit) => {
    const { loss: value, gradients } = await run(loss, maskOf(logits.map(() => logit)), maskOf(mask));
    expect(Number.isFinite(value)).toBe(true);
    expect(gradients.mask.every(Number.isFinite)).toBe(true);
  });

  it("says whether micro-batches change it", () => {
    const half = PIXELS / 2;
    const parts = [0, half].map((i) => references[segmentation](logits.slice(i, i + half), mask.slice(i, i + half)));
    const changes = Math.abs((parts[0] + parts[1]) / 2 - references[segmentation](logits, mask)) > 1e-6;
    expect(loss.batchCoupled).toBe(changes);
  });
});

describe("segmentation plus reconstruction", () => {
  const outputs = {
    ...maskOf(logits),
    reconstruction: { values: draw(3 * PIXELS, 1), channels: 3 },
    vector: { values: draw(6 * PIXELS, 1), channels: 6 },
    density: { values: draw(2 * PIXELS, 1), channels: 2 },
  };
  const batch = { ...maskOf(mask), image: { values: draw(3 * PIXELS, 1), channels: 3 } };
  const squaredError = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0) / a.length;
  const sparsityOf = (vector: readonly number[], density: readonly number[]) =>
    vector.reduce((sum, value, i) => sum + Math.abs(value * density[Math.floor(i / 3)]), 0) / vector.length;

  it("adds α times the squared error to the normalised input", async () => {
    const loss = reconstructionLoss({ segmentation: "iou", alpha: 0.3, sparsity: 0 });
    const { mask: _, reconstruction } = outputs;
    const result = await run(loss, { ...maskOf(logits), reconstruction }, batch);
    const error = squaredError(reconstruction.values, batch.image.values);
    expect(result.watch.reconstruction).toBeCloseTo(error, 5);
    expect(result.loss).toBeCloseTo(references.iou(logits, mask) + 0.3 * error, 5);
    const gradient = numericalGradient((x) => 0.3 * squaredError(x, batch.image.values), reconstruction.values);
    expectClose(result.gradients.reconstruction, gradient);
  });

  it("compares with the network's own target where it gives one", async () => {
    const loss = reconstructionLoss({ segmentation: "iou", alpha: 1, sparsity: 0 });
    const reconstructionTarget = outputs.reconstruction;
    const result = await run(loss, { ...outputs, reconstructionTarget }, batch);
    expect(result.watch.reconstruction).toBe(0);
  });

  it("adds the sparsity of density × vector", async () => {
    const loss = reconstructionLoss({ segmentation: "iou", alpha: 0, sparsity: 0.5 });
    expect(loss.needs).toEqual(["mask", "reconstruction", "vector", "density"]);
    const { watch, gradients } = await run(loss, outputs, batch);
    const { vector, density } = outputs;
    expect(watch.sparsity).toBeCloseTo(sparsityOf(vector.values, density.values), 5);
    expectClose(
      gradients.vector,
      numericalGradient((x) => 0.5 * sparsityOf(x, density.values), vector.values),
    );
    expectClose(
      gradients.density,
      numericalGradient((x) => 0.5 * sparsityOf(vector.values, x), density.values),
    );
  });
});

describe("density-supervised", () => {
  const loss = createDensitySupervised(createSegmentation({ segmentation: "mcc" }), { alpha: 0.3 });
  const density = { values: draw(2 * PIXELS, 1), channels: 2 };

  it("adds α times the squared error of the densities", async () => {
    const target = { values: draw(2 * PIXELS, 1), channels: 2 };
    const result = await run(loss, { ...maskOf(logits), density }, { ...maskOf(mask), density: target });
    const error =
      density.values.reduce((sum, value, i) => sum + (value - target.values[i]) ** 2, 0) / density.values.length;
    expect(result.watch.density).toBeCloseTo(error, 5);
    expect(result.loss).toBeCloseTo(references.mcc(logits, mask) + 0.3 * error, 5);
  });

  it("refuses targets of another number of stains", async () => {
    const target = { values: draw(3 * PIXELS, 1), channels: 3 };
    const running = run(loss, { ...maskOf(logits), density }, { ...maskOf(mask), density: target });
    await expect(running).rejects.toMatchObject({ code: "DENSITY_MISMATCH" });
  });
});

describe("image-level auxiliary", () => {
  it("adds the cross-entropy of the image-level logit against any tumour", async () => {
    const loss = createImageLevelAuxiliary(createSegmentation({ segmentation: "bce" }), 0.5);
    expect(loss).toMatchObject({ needs: ["mask", "imageLevel"], needsDensity: false, batchCoupled: false });
    const firstHasTumour = mask.map((_, i) => Number(i === 5));
    const imageLevel = { values: [0.7, -1.2], channels: 1 };
    const result = await run(loss, { ...maskOf(logits), imageLevel }, maskOf(firstHasTumour));
    const reference = (x: readonly number[]) => references.bce(x, [1, 0]);
    expect(result.watch.imageLevel).toBeCloseTo(reference(imageLevel.values), 5);
    expect(result.loss).toBeCloseTo(references.bce(logits, firstHasTumour) + 0.5 * reference(imageLevel.values), 5);
    expectClose(
      result.gradients.imageLevel,
      numericalGradient((x) => 0.5 * reference(x), imageLevel.values),
    );
  });
});

describe("a loss inside another", () => {
  const tversky: Loss = {
    title: "Tversky",
    needs: ["mask", "doubt"],
    needsDensity: false,
    batchCoupled: true,
    compute(tf, { mask: x }, batch) {
      const total: tfc.Scalar = tf.mean(tf.square(tf.sub(tf.sigmoid(x), batch.mask)));
      return { total, terms: { brier: total } };
    },
  };

  it("stands for the segmentation: its needs, its terms, its coupling of the batch", async () => {
    const loss = createSegmentationPlusReconstruction(tversky, { alpha: 0.25, sparsity: 0 });
    expect(loss).toMatchObject({ needs: ["mask", "doubt", "reconstruction"], batchCoupled: true, title: "α 0.25" });
    // What a loss that says nothing of its cost makes of it, nobody knows.
    expect(loss.costKey).toBeUndefined();
    const reconstruction = { values: draw(3 * PIXELS, 1), channels: 3 };
    const image = { values: draw(3 * PIXELS, 1), channels: 3 };
    const result = await run(loss, { ...maskOf(logits), reconstruction }, { ...maskOf(mask), image });
    expect(Object.keys(result.watch)).toEqual(["segmentation", "brier", "reconstruction"]);
    expect(result.watch.segmentation).toBe(result.watch.brier);
    expect(result.loss).toBeCloseTo(result.watch.brier + 0.25 * result.watch.reconstruction, 5);
  });

  it("costs the same whatever its weights are", () => {
    const costOf = (alpha: number, sparsity: number) =>
      reconstructionLoss({ segmentation: "mcc", alpha, sparsity }).costKey;
    expect(costOf(0.3, 0)).toBe(costOf(0.7, 0));
    expect(costOf(0.3, 0.1)).toBe(costOf(0.3, 0.2));
    expect(costOf(0.3, 0)).not.toBe(costOf(0.3, 0.1));
  });
});
