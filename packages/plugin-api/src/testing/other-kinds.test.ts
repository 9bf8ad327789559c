import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defineEvaluator } from "../define-step.js";
import {
  defineNormalizer,
  definePostprocess,
  predictionBlobName,
  predictionsArtifact,
  type Split,
  splitArtifact,
} from "../imaging/index.js";
import { defineMetric, defineSchedule, type Metric } from "../learning/index.js";
import { artifact } from "../option-schemas.js";
import { noOptions } from "../step.js";
import { type StoredTensor, storedFloat32, writeStoredTensors } from "../tensor-file/index.js";
import { checkEvaluator, checkMetric, checkNormalizer, checkPostprocess, checkSchedule } from "./index.js";
import { clamp } from "./testing.test-support.js";

describe("other kinds", () => {
  it("a normalizer that remembers the last image is caught", async () => {
    const drifting = defineNormalizer({
      type: "toy/drifting",
      summary: "A toy.",
      options: noOptions,
      create: () => {
        let target: number | undefined;
        return {
          normalize: (image) => {
            target ??= image.data[100];
            const shift = target - image.data[100];
            return { ...image, data: image.data.map((value) => clamp(value + shift)) };
          },
        };
      },
    });
    await expect(checkNormalizer(drifting)).rejects.toMatchObject({
      message: expect.stringMatching(/whatever came before/),
    });
  });

  it("a postprocess that edits its mask is caught", async () => {
    const editing = definePostprocess({
      type: "toy/editing",
      summary: "A toy.",
      options: noOptions,
      create: () => ({
        apply: (mask) => {
          mask.data.fill(0);
          return mask;
        },
      }),
    });
    await expect(checkPostprocess(editing)).rejects.toMatchObject({ message: expect.stringMatching(/not edited/) });
  });

  const metric = (measure: Metric["measure"], higherIsBetter = true) =>
    defineMetric({
      type: "toy/metric",
      summary: "A toy.",
      options: noOptions,
      create: () => ({ measure, higherIsBetter }),
    });
  it.each([
    ["is infinite", metric(({ truth }) => 1 / truth.reduce((sum, value) => sum + value, 0)), /a number, or NaN/],
    ["depends on the order of pixels", metric(({ probability }) => probability[0]), /in any order/],
    [
      "rewards what is wrong",
      metric(({ truth, prediction }) => truth.filter((value, i) => value !== prediction[i]).length),
      /better than one without a fault/,
    ],
  ])("a metric that %s is caught", async (_, definition, promise) => {
    await expect(checkMetric(definition)).rejects.toMatchObject({ message: expect.stringMatching(promise) });
  });

  it.each([
    [
      "counts its calls",
      () => {
        let calls = 0;
        return () => 1 / ++calls;
      },
      /progress alone/,
    ],
    ["falls below zero", () => (progress: number) => 0.5 - progress, /not negative/],
  ] as const)("a schedule that %s is caught", async (_, create, promise) => {
    const schedule = defineSchedule({
      type: "toy/schedule",
      summary: "A toy.",
      options: noOptions,
      create: () => ({ factor: create() }),
    });
    await expect(checkSchedule(schedule)).rejects.toMatchObject({ message: expect.stringMatching(promise) });
  });
});

describe("an evaluator", () => {
  interface Written {
    readonly ids: (split: Split) => readonly string[];
    readonly probability: number;
    readonly maps: number;
  }
  const right: Written = { ids: ({ test }) => test, probability: 0.25, maps: 4 };

  /** Predicts one probability everywhere, on patches of two pixels. */
  const evaluator = ({ ids, probability, maps }: Written) =>
    defineEvaluator({
      type: "toy/evaluator",
      summary: "A toy.",
      options: z.strictObject({ split: artifact(splitArtifact) }),
      produces: predictionsArtifact,
      create: ({ options: { split: handle } }) => ({
        async run({ open, scratch, output }) {
          const { value: split } = await open(handle);
          const chosen = split.dataset.samples.filter(({ id }) => ids(split).includes(id));
          for (const index of chosen.keys()) {
            const bytes = (channels: number) => ({ type: "U8" as const, bytes: new Uint8Array(2 * channels) });
            const tensors: [string, StoredTensor][] = [
              ["probability", storedFloat32(Float32Array.of(probability, probability), [1, 2])],
              ["prediction", { ...bytes(1), shape: [1, 2] }],
              ["truth", { ...bytes(1), shape: [1, 2] }],
              ["image", { ...bytes(3), shape: [1, 2, 3] }],
            ];
            const path = join(scratch, String(index));
            await writeStoredTensors(path, new Map(tensors.slice(0, maps)));
            await output.moveIn(predictionBlobName(index), path);
          }
          const samples = chosen.map(({ id, domain }) => ({ id, domain, width: 2, height: 1 }));
          const about = {
            predictor: "toy",
            role: "baseline" as const,
            split: split.key,
            threshold: 0.5,
            trainedOn: [],
          };
          return { ...about, samples };
        },
      }),
    });

  it("passes that keeps its promises", async () => {
    const { checks, output } = await checkEvaluator(evaluator(right));
    expect(checks).toHaveLength(13);
    expect(output.blobs.size).toBe(5);
  });

  it.each<[name: string, written: Partial<Written>, promise: RegExp]>([
    ["gives percent for probabilities", { probability: 25 }, /probability, prediction, truth and image/],
    ["leaves out the image", { maps: 3 }, /probability, prediction, truth and image/],
    ["predicts samples of two parts", { ids: ({ train, test }) => [...train, ...test] }, /one part of the fold/],
    ["predicts nothing", { ids: () => [] }, /one part of the fold/],
  ])("that %s is caught", async (_, written, promise) => {
    await expect(checkEvaluator(evaluator({ ...right, ...written }))).rejects.toMatchObject({
      code: "CHECK_FAILED",
      message: expect.stringMatching(promise),
    });
  });
});
