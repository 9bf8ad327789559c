import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Artifact, createRng } from "@eosin/plugin-api";
import { type Predictions, predictionBlobName } from "@eosin/plugin-api/imaging";
import { countedPixels } from "@eosin/plugin-api/learning";
import { storedFloat32, writeStoredTensors } from "@eosin/plugin-api/tensor-file";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { judgePredictions } from "../../judging/judge.js";
import { readPredictedPatch } from "../../judging/judged-patch.js";
import { summarize, unjudgedSentence } from "../../judging/summary.js";
import type { NamedMetric } from "../../metrics/named-metric.js";
import { createOwnMetric, ownMetrics } from "../../metrics/own-metrics.js";
import { drawCase, drawPrediction, drawTruth } from "../../page/case-pictures.js";

const side = 12;
const metrics: NamedMetric[] = await Promise.all(
  ownMetrics.map(async ({ type }) => ({
    name: type.slice("metrics/".length),
    higherIsBetter: true,
    metric: await createOwnMetric({ uses: type, with: {}, kind: "metric" }),
  })),
);
const names = metrics.map(({ name }) => name);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eosin-ignored-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** @param ignored Of each patch: which share of its rows, from the top, is ignored. */
async function predictions(ignored: readonly number[]): Promise<Artifact<Predictions>> {
  const samples = ignored.map((_, i) => ({ id: `a/${i}`, domain: "a", width: side, height: side }));
  const own = await mkdtemp(join(folder, "fold-"));
  for (const [index, share] of ignored.entries()) {
    const rng = createRng("ignored", index);
    const truth = Uint8Array.from({ length: side * side }, (_, i) =>
      i < share * side * side ? 255 : +rng.chance(0.4),
    );
    const probability = Float32Array.from(truth, () => rng.uniform());
    await writeStoredTensors(
      join(own, predictionBlobName(index)),
      new Map([
        ["probability", storedFloat32(probability, [side, side])],
        ["prediction", { type: "U8", shape: [side, side], bytes: Uint8Array.from(probability, (p) => +(p > 0.5)) }],
        ["truth", { type: "U8", shape: [side, side], bytes: truth }],
        ["image", { type: "U8", shape: [side, side, 3], bytes: new Uint8Array(3 * side * side).fill(200) }],
      ]),
    );
  }
  return {
    type: "predictions",
    instance: "evaluate",
    axes: {},
    value: { predictor: "net", role: "network", split: "fold-0", threshold: 0.5, trainedOn: ["a"], samples },
    blobNames: samples.map((_, index) => predictionBlobName(index)),
    blobPath: (name) => join(own, name),
  };
}

const patchwise = { kind: "patch", batch: 1 } as const;

describe("ignored pixels", () => {
  it.each(metrics)("$name is that of the others", async ({ name, metric }) => {
    const artifact = await predictions([0.5]);
    const patch = await readPredictedPatch(artifact, 0);
    const half = (side * side) / 2;
    const lower = {
      truth: patch.truth.slice(half),
      prediction: patch.prediction.slice(half),
      probability: patch.probability.slice(half),
    };
    expect(countedPixels(patch)).toEqual(lower);
    const { patches } = await judgePredictions(
      artifact,
      [{ name, higherIsBetter: true, metric }],
      patchwise,
      "domain",
      () => {},
    );
    expect(patches[0]).toMatchObject({ pixels: half, figures: { [name]: metric.measure(lower) } });
    expect(Number.isFinite(patches[0].figures[name])).toBe(true);
  });

  it("leave a patch of nothing else without figures, which is counted, and out of means and batches", async () => {
    const artifact = await predictions([0.25, 1, 0]);
    const judged = await judgePredictions(artifact, metrics, patchwise, "domain", () => {});
    for (const name of names) expect(judged.patches[1].figures[name]).toBeNaN();
    const summary = summarize({ title: "net", role: "network", axes: {}, members: [judged] }, metrics);
    expect(summary.folds[0]).toMatchObject({ patches: 3, unjudged: 1 });
    const [first, , last] = judged.patches;
    expect(summary.overall.dice.mean).toBeCloseTo((first.figures.dice + last.figures.dice) / 2, 12);
    expect(JSON.stringify(summary)).not.toContain("null");
    expect(unjudgedSentence([summary])).toContain("1 in fold-0");

    const batches = await judgePredictions(
      artifact,
      metrics,
      { kind: "flattened-batch", batch: 3 },
      "domain",
      () => {},
    );
    expect(batches.units).toHaveLength(1);
    expect(batches.units[0].pixels).toBe(1.75 * side * side);
    const whole = await judgePredictions(await predictions([0, 0]), metrics, patchwise, "domain", () => {});
    const usual = summarize({ title: "net", role: "network", axes: {}, members: [whole] }, metrics);
    expect(usual.folds[0]).not.toHaveProperty("unjudged");
    expect(unjudgedSentence([usual])).toBe("");
  });

  it("are drawn grey, in stripes, and neither as truth nor as predicted", async () => {
    const patch = await readPredictedPatch(await predictions([0.5]), 0);
    expect((await drawCase(patch)).ignored).toBe(true);
    expect(await drawCase(await readPredictedPatch(await predictions([0]), 0))).not.toHaveProperty("ignored");
    for (const draw of [drawTruth, drawPrediction]) {
      const uri = await draw(patch);
      const png = Buffer.from(uri.slice(uri.indexOf(",") + 1), "base64");
      const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
      const tones = new Set<string>();
      for (let i = 0; i < (side * side) / 2; i++)
        tones.add(data.subarray(i * info.channels, i * info.channels + 3).join());
      expect(tones.size).toBe(2);
      for (const tone of tones) expect(new Set(tone.split(",")).size).toBe(1);
    }
  });
});
