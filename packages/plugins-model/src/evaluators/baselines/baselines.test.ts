import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Predictions, predictionBlobName } from "@eosin/plugin-api/imaging";
import { readSafetensors } from "@eosin/plugin-api/tensor-file";
import { expect, test } from "vitest";
import { diskSplit, handle, runStep, type StepRun } from "../../testing/step-harness.test-support.js";

const artifacts = { folds: { value: diskSplit({ train: 4, validation: 1, test: 3 }, 50, 40) } };
const run = (uses: string, changes: object = {}) =>
  runStep(uses, { split: handle("split", "folds"), size: 32, workers: 0, ...changes }, { artifacts });
const blob = ({ blobs }: StepRun, index: number) => readSafetensors(join(blobs, predictionBlobName(index)));

test("everything is tumour", async () => {
  const all = await run("model/baseline-all-foreground");
  expect(all.value).toMatchObject({ predictor: "everything is tumour", role: "baseline", trainedOn: ["a", "b"] });
  expect((all.value as unknown as Predictions).samples).toHaveLength(3);
  const tensors = await blob(all, 2);
  expect(tensors.get("prediction")).toMatchObject({ shape: [32, 32] });
  expect(tensors.get("prediction")!.bytes.every((value) => value === 1)).toBe(true);
  expect(tensors.has("density")).toBe(false);
});

test("colour alone finds disks that differ in nothing else, at either resolution", async () => {
  for (const [resolution, shape] of [
    ["network", [32, 32]],
    ["original", [40, 50]],
  ] as const) {
    const tensors = await blob(await run("model/baseline-colour", { resolution }), 0);
    const [prediction, truth] = [tensors.get("prediction")!, tensors.get("truth")!];
    expect(prediction.shape).toEqual(shape);
    const wrong = prediction.bytes.reduce((count, value, i) => count + (value ^ truth.bytes[i]), 0);
    expect(wrong / truth.bytes.length).toBeLessThan(0.05);
  }
});

test("the subsample of pixels depends on the seed alone", async () => {
  const bytes = async (seedRun: Promise<StepRun>) => readFile(join((await seedRun).blobs, predictionBlobName(1)));
  const sampled = () => run("model/baseline-colour", { pixels: 1000 });
  expect(await bytes(sampled())).toEqual(await bytes(sampled()));
  expect(await bytes(sampled())).not.toEqual(await bytes(run("model/baseline-colour")));
});

test("patches keep the group that their split holds together", async () => {
  const split = diskSplit({ train: 4, validation: 1, test: 3 }, 32);
  const [first, ...others] = split.dataset.samples;
  const samples = [first, ...others.map((each, index) => ({ ...each, attributes: { patient: `P${index % 2}` } }))];
  const groupsBy = async (groupBy?: string) => {
    const value = { ...split, dataset: { ...split.dataset, samples }, test: split.test.concat(first.id), groupBy };
    const options = { split: handle("split", "folds"), size: 32, workers: 0 };
    const made = await runStep("model/baseline-all-foreground", options, { artifacts: { folds: { value } } });
    return (made.value as unknown as Predictions).samples.map((each) => each.group);
  };
  expect(await groupsBy("patient")).toEqual(["P0", "P1", "P0", undefined]);
  expect(await groupsBy("slide")).toEqual([undefined, undefined, undefined, undefined]);
  expect(await groupsBy()).toEqual([undefined, undefined, undefined, undefined]);
});
