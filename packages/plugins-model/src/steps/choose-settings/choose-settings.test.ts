import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Artifact, metricKind } from "@eosin/plugin-api";
import {
  type ChosenSettings,
  type PredictionSettings,
  type Predictions,
  predictionBlobName,
  type SplitPart,
} from "@eosin/plugin-api/imaging";
import { storedFloat32, writeStoredTensors } from "@eosin/plugin-api/tensor-file";
import { expect, test } from "vitest";
import { handle, runStep, temporaryFolder } from "../../testing/step-harness.test-support.js";

const settings: PredictionSettings = {
  scale: { factor: 0.5 },
  rotations: [0, 90],
  flips: true,
  threshold: 0.5,
  postprocess: [],
};

const side = 10;
/** Of its pixels the first have the first confidence, and so on. */
const mapOf = (...parts: readonly (readonly [pixels: number, confidence: number])[]) =>
  Float32Array.from(parts.flatMap(([pixels, confidence]) => Array.from({ length: pixels }, () => confidence)));
const truthOf = (tumour: number, ignored = 0) =>
  Uint8Array.from({ length: 100 }, (_, i) => (i < tumour ? 1 : i >= 100 - ignored ? 255 : 0));

interface Patch {
  readonly probability: Float32Array;
  readonly truth: Uint8Array;
  readonly presence?: number;
}

async function predictions(patches: readonly Patch[], more: Partial<Predictions> = {}): Promise<Artifact<Predictions>> {
  const folder = await temporaryFolder();
  for (const [i, { probability, truth }] of patches.entries()) {
    const tensors = new Map([
      ["probability", storedFloat32(probability, [side, side])],
      ["truth", { type: "U8" as const, shape: [side, side], bytes: truth }],
    ]);
    await writeStoredTensors(join(folder, predictionBlobName(i)), tensors);
  }
  const samples = patches.map(({ presence }, i) => ({
    ...{ id: `p${i}`, domain: "a", width: side, height: side },
    ...(presence !== undefined && { presence }),
  }));
  const value: Predictions = {
    ...{ predictor: "network", role: "network", split: "fold-0", part: "validation" as SplitPart },
    ...{ settings, threshold: 0.5, trainedOn: ["a"], samples },
    ...more,
  };
  const blobPath = (name: string) => join(folder, name);
  return { type: "predictions", instance: "validate", axes: {}, value, blobNames: [], blobPath };
}

const metric = { uses: "test/share-right", kind: metricKind.name, plugin: "disks-plugin", with: {} };

async function choose(given: readonly Artifact<Predictions>[], options: object = {}) {
  const artifacts = Object.fromEntries(given.map((each, i) => [`validate-${i}`, each]));
  const named = given.map((_, i) => handle("predictions", `validate-${i}`));
  const run = await runStep("model/choose-settings", { predictions: named, metric, ...options }, { artifacts });
  return { ...run, chosen: run.value as unknown as ChosenSettings };
}

const only = { thresholds: [0.5], fill: [0], smallest: [0], gate: [0], presence: [0] };

test("chooses the threshold by which most pixels are right, and says how the images were seen", async () => {
  const patch = { probability: mapOf([30, 0.9], [20, 0.62], [50, 0.1]), truth: truthOf(30) };
  const { chosen } = await choose([await predictions([patch, patch])], { ...only, thresholds: [0.4, 0.6, 0.7, 0.8] });
  expect(chosen).toEqual({
    ...settings,
    threshold: 0.7,
    chosen: { metric: "test/share-right", score: 1, plain: 0.8, patches: 2, tried: 4 },
  });
});

test("chooses hysteresis, smallest regions, holes and the gate", async () => {
  // A core with a dimmer rim, which a dim region elsewhere has not.
  const rim = { probability: mapOf([20, 0.9], [20, 0.45], [30, 0.1], [10, 0.45], [20, 0.1]), truth: truthOf(40) };
  const grown = await choose([await predictions([rim])], { ...only, hysteresis: [0, 0.2] });
  expect(grown.chosen).toMatchObject({ threshold: 0.5, hysteresis: 0.3, chosen: { score: 1, plain: 0.8, tried: 2 } });
  const speck = { probability: mapOf([40, 0.9], [33, 0.1], [2, 0.9], [25, 0.1]), truth: truthOf(40) };
  expect((await choose([await predictions([speck])], { ...only, smallest: [0, 0.05] })).chosen.postprocess).toEqual([
    {
      uses: "model/small-regions",
      kind: "postprocess",
      plugin: "@eosin/plugins-model",
      with: { smallest: 0.05, fill: 0 },
    },
  ]);
  const hole = { probability: mapOf([44, 0.9], [2, 0.1], [34, 0.9], [20, 0.1]), truth: truthOf(80) };
  expect((await choose([await predictions([hole])], { ...only, fill: [0, 0.05] })).chosen.postprocess).toMatchObject([
    { with: { smallest: 0, fill: 0.05 } },
  ]);
  const nothing = { probability: mapOf([9, 0.9], [91, 0.1]), truth: truthOf(0) };
  expect((await choose([await predictions([nothing])], { ...only, gate: [0, 0.1] })).chosen.postprocess).toMatchObject([
    { uses: "model/minor-region-filter", with: { below: 0.1, above: 1 } },
  ]);
});

test("chooses how sure the network must be of foreground, by what its predictions say", async () => {
  const truly = { probability: mapOf([30, 0.9], [70, 0.1]), truth: truthOf(30), presence: 0.7 };
  const wrongly = { probability: mapOf([40, 0.9], [60, 0.1]), truth: truthOf(0), presence: 0.45 };
  const said = [await predictions([truly, wrongly])];
  const asked = await choose(said, { ...only, presence: [0, 0.4, 0.6, 0.8] });
  expect(asked.chosen).toMatchObject({ presence: 0.6, chosen: { score: 1, plain: 0.8, tried: 4 } });
  expect((await choose(said, only)).chosen).not.toHaveProperty("presence");
});

test("else by its surest pixels", async () => {
  const truly = { probability: mapOf([30, 0.9], [70, 0.1]), truth: truthOf(30) };
  const wrongly = { probability: mapOf([40, 0.6], [60, 0.1]), truth: truthOf(0) };
  const { chosen } = await choose([await predictions([truly, wrongly])], { ...only, presence: [0, 0.5, 0.75, 0.95] });
  expect(chosen).toMatchObject({ presence: 0.75, chosen: { score: 1, plain: 0.8 } });
});

test("of settings that are as good, takes the one in their middle; ignored pixels do not count", async () => {
  const patch = { probability: mapOf([30, 0.9], [20, 0.1], [50, 0.65]), truth: truthOf(30, 50) };
  const blank = { probability: mapOf([100, 0.1]), truth: truthOf(0, 100) };
  const { chosen, blobs } = await choose([await predictions([patch, blank])], { ...only, thresholds: [0.6, 0.5, 0.7] });
  expect(chosen).toMatchObject({ threshold: 0.6, postprocess: [], chosen: { score: 1, plain: 1, patches: 2 } });
  expect((await readFile(join(blobs, "tried.csv"), "utf8")).trim().split("\n")).toEqual([
    "threshold,hysteresis,fill,smallest,gate,presence,mean",
    "0.6,,0,0,0,0,1",
    "0.5,,0,0,0,0,1",
    "0.7,,0,0,0,0,1",
  ]);
});

test("takes predictions of several folds together", async () => {
  const dim = { probability: mapOf([40, 0.55], [60, 0.1]), truth: truthOf(40) };
  const bright = { probability: mapOf([40, 0.9], [10, 0.52], [50, 0.1]), truth: truthOf(40) };
  const folds = [await predictions([dim]), await predictions([bright, bright])];
  const options = { ...only, thresholds: [0.5, 0.54, 0.6] };
  expect((await choose(folds, options)).chosen).toMatchObject({ threshold: 0.54, chosen: { score: 1, patches: 3 } });
});

test("refuses the patches that judge it, and predictions that were made in several ways", async () => {
  const patch = { probability: mapOf([100, 0.9]), truth: truthOf(100) };
  for (const part of ["test", "train", undefined] as const) {
    await expect(choose([await predictions([patch], { part })])).rejects.toMatchObject({ code: "SETTINGS_OF_TEST" });
  }
  const others = [{ ...settings, flips: false }, { ...settings, scale: { factor: 1 } }, undefined];
  for (const other of others) {
    const both = [await predictions([patch]), await predictions([patch], { settings: other })];
    await expect(choose(both)).rejects.toMatchObject({ code: "INVALID_VALUE", place: "option predictions" });
  }
  const blank = { probability: mapOf([100, 0.9]), truth: truthOf(0, 100) };
  await expect(choose([await predictions([blank])])).rejects.toMatchObject({ code: "VALIDATION_UNDEFINED" });
});
