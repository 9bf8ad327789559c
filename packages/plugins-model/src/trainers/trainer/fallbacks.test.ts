import type { ProgressUpdate } from "@eosin/plugin-api";
import { augmenterKind, lossKind, networkKind, normalizerKind, optimizerKind } from "@eosin/plugin-api";
import type { PatchFallbacks, Predictions } from "@eosin/plugin-api/imaging";
import type { TrainedModel } from "@eosin/plugin-api/learning";
import { expect, test } from "vitest";
import {
  asArtifact,
  diskSplit,
  engineIdentity,
  handle,
  runStep,
  type StepRun,
  spec,
  temporaryFolder,
} from "../../testing/step-harness.test-support.js";

const blank = ["disk-0", "disk-3", "disk-5", "disk-6", "disk-9", "disk-11"];
const split = diskSplit({ train: 8, validation: 3, test: 3 }, 32, 32, blank);
const artifacts = { folds: { value: split } };
const engine = await engineIdentity("wasm");
const sometimes = (uses: string) =>
  spec(augmenterKind, "stain/one-of", { choices: [{ p: 0.2, ...spec(augmenterKind, uses) }] });
const options = {
  split: handle("split", "folds"),
  size: 32,
  batch: 3,
  epochs: 4,
  network: spec(networkKind, "model/multitask-unet", { encoder: "tiny", decoderChannels: [16, 16, 16, 16, 16] }),
  loss: spec(lossKind, "model/segmentation-plus-reconstruction"),
  optimizer: spec(optimizerKind, "model/adam", { lr: 0.003 }),
  normalizer: spec(normalizerKind, "stain/reinhard"),
  augment: [sometimes("stain/separation-augment"), spec(augmenterKind, "data/flip")],
  workers: 0,
};
const train = (changes: object = {}, how: Partial<Parameters<typeof runStep>[2]> = {}) =>
  runStep("model/trainer", { ...options, ...changes }, { artifacts, engine, ...how });
const fallbacksOf = ({ value }: StepRun) => (value as unknown as TrainedModel).fallbacks ?? [];

let whole: Promise<StepRun> | undefined;
const uninterrupted = () => {
  whole ??= train();
  return whole;
};

const left = (component: string, part: string, of: number, ids: readonly string[]) => ({
  component,
  treatment: "left as it is",
  split: "fold-0",
  part,
  of,
  patches: ids.map((id) => ({ id, reason: expect.stringContaining("of it is tissue") })),
});
const normalized = [
  left("stain/reinhard", "train", 8, ["disk-0", "disk-3", "disk-5", "disk-6"]),
  left("stain/reinhard", "validation", 3, ["disk-9"]),
];

/** Patches that the augmenter left in these epochs. */
function augmented(fallbacks: readonly PatchFallbacks[]): readonly string[] {
  const [found] = fallbacks.filter(({ component }) => component === "stain/separation-augment");
  return found?.patches.map(({ id }) => id) ?? [];
}

test("the model tells which patches a component could not treat, by part, and the log once", async () => {
  const run = await uninterrupted();
  const fallbacks = fallbacksOf(run);
  const ids = augmented(fallbacks);
  expect(fallbacks).toEqual([...normalized, left("stain/separation-augment", "train", 8, ids)]);
  expect(ids.length).toBeGreaterThan(0);
  expect(blank).toEqual(expect.arrayContaining([...ids]));
  const warnings = run.log.filter((line) => /was left as it is/.test(line));
  expect(warnings).toHaveLength(5 + ids.length);
  expect(new Set(warnings).size).toBe(warnings.length);
});

test("threads change nothing of it", async () => {
  expect((await train({ workers: 2 })).value).toEqual((await uninterrupted()).value);
});

test("training that was broken off tells what its earlier processes met", async () => {
  const reference = await uninterrupted();
  const killer = new AbortController();
  const scratch = await temporaryFolder();
  const onProgress = ({ current }: ProgressUpdate) => {
    if (current === 3.25) killer.abort(new Error("killed"));
  };
  await expect(train({}, { scratch, signal: killer.signal, onProgress })).rejects.toThrow("killed");
  const continued = await train({}, { scratch });
  // The last epoch alone would not tell all of it.
  const ids = augmented(fallbacksOf(reference));
  const metAgain = ids.filter((id) => continued.log.join().includes(`stain/separation-augment: ${id} was left`));
  expect(metAgain.length).toBeLessThan(ids.length);
  expect(JSON.stringify(continued.value)).toBe(JSON.stringify(reference.value));
});

test("predictions tell what was met in training and in the part itself", async () => {
  const reference = await uninterrupted();
  const model = await asArtifact(reference, "model");
  const evaluate = (workers: number) =>
    runStep(
      "model/tta-evaluator",
      { split: handle("split", "folds"), model: handle("model", "train"), workers, rotations: [0] },
      { artifacts: { ...artifacts, train: model }, engine },
    );
  const run = await evaluate(0);
  const { fallbacks } = run.value as unknown as Predictions;
  expect(fallbacks).toEqual([...fallbacksOf(reference), left("stain/reinhard", "test", 3, ["disk-11"])]);
  expect(run.log.filter((line) => /was left as it is/.test(line))).toHaveLength(1);
  expect((await evaluate(2)).value).toEqual(run.value);
});

test("a normalizer that must not leave patches stops training", async () => {
  const strict = spec(normalizerKind, "stain/reinhard", { unsuitable: "error" });
  for (const workers of [0, 1]) {
    await expect(train({ normalizer: strict, workers })).rejects.toMatchObject({
      code: "PATCH_UNSUITABLE",
      message: expect.stringMatching(/^stain\/reinhard .* disk-\d+\.$/),
      place: expect.stringMatching(/^disk-(0|3|5|6|9)$/),
    });
  }
});

test("without such patches nothing is kept", async () => {
  const plain = { folds: { value: diskSplit({ train: 4, validation: 1, test: 1 }, 32) } };
  expect((await train({ epochs: 1 }, { artifacts: plain })).value).not.toHaveProperty("fallbacks");
});
