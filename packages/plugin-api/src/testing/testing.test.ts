import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defineEvaluator } from "../define-step.js";
import {
  type Augmenter,
  defineAugmenter,
  defineNormalizer,
  definePostprocess,
  predictionBlobName,
  predictionsArtifact,
  type Sample,
  type Split,
  splitArtifact,
} from "../imaging/index.js";
import { defineMetric, defineSchedule, type Metric } from "../learning/index.js";
import { artifact } from "../option-schemas.js";
import { noOptions } from "../step.js";
import { type StoredTensor, storedFloat32, writeStoredTensors } from "../tensor-file/index.js";
import {
  checkAugmenter,
  checkEvaluator,
  checkMetric,
  checkNormalizer,
  checkPostprocess,
  checkSchedule,
} from "./index.js";

const options = z.strictObject({ spread: z.number().min(0).max(1).default(0.1) });

function augmenter(apply: Augmenter["apply"], schema: z.ZodObject = options) {
  return defineAugmenter({ type: "toy/augmenter", summary: "A toy.", options: schema, create: () => ({ apply }) });
}

const withImage = (sample: Sample, data: Uint8Array): Sample => ({ ...sample, image: { ...sample.image, data } });
const clamp = (value: number) => Math.max(0, Math.min(255, Math.round(value)));

/** Flips left to right. */
function flipped<Data extends Uint8Array | Float32Array>(data: Data, width: number, channels: number): Data {
  return data.map((_, i) => {
    const [pixel, channel] = [Math.floor(i / channels), i % channels];
    const x = pixel % width;
    return data[(pixel - x + (width - 1 - x)) * channels + channel];
  }) as Data;
}

const flippedImage = (sample: Sample) => withImage(sample, flipped(sample.image.data, sample.image.width, 3));

/** Gives densities of so many stains. */
function inking(promised: Partial<Augmenter>, stains: number) {
  const apply: Augmenter["apply"] = (sample) => {
    const { width, height, data } = sample.image;
    const dark = Float32Array.from(
      { length: stains * width * height },
      (_, i) => 1 - data[3 * Math.floor(i / stains)] / 255,
    );
    return { ...sample, density: { width, height, stains, data: dark } };
  };
  return defineAugmenter({
    type: "toy/inks",
    summary: "A toy.",
    options: noOptions,
    create: () => ({ ...promised, apply }),
  });
}

describe("an augmenter that keeps its promises", () => {
  it("passes, and its speed is reported", async () => {
    const brightness = augmenter((sample, rng) => {
      const factor = rng.between(0.7, 1.4);
      return withImage(
        sample,
        sample.image.data.map((value) => clamp(value * factor)),
      );
    });
    const { component, checks, imagesPerSecond } = await checkAugmenter(brightness);
    expect(component).toBe("toy/augmenter");
    expect(checks).toHaveLength(13);
    expect(imagesPerSecond).toBeGreaterThan(1);
  });

  it("may move all together", async () => {
    const flip = augmenter((sample, rng) => {
      if (!rng.chance(0.5)) return sample;
      const { mask, density } = sample;
      return {
        ...flippedImage(sample),
        mask: { ...mask!, data: flipped(mask!.data, mask!.width, 1) },
        density: { ...density!, data: flipped(density!.data, density!.width, 2) },
      };
    });
    expect((await checkAugmenter(flip)).checks).toContain("mask and densities follow the image");
  });

  it("may give densities of any number of stains", async () => {
    const { checks } = await checkAugmenter(inking({ givesDensity: true, densityStains: 3 }, 3));
    expect(checks).toContain("densities are given as promised");
  });

  it("may let neighbouring grey levels end far apart where that is meant", async () => {
    const threshold = augmenter((sample) =>
      withImage(
        sample,
        sample.image.data.map((value) => (value > 127 ? 0 : 255)),
      ),
    );
    await expect(checkAugmenter(threshold)).rejects.toMatchObject({
      message: expect.stringMatching(/ends of their range/),
    });
    await expect(checkAugmenter(threshold, { jumps: true })).resolves.toBeDefined();
  });
});

describe("an augmenter is caught that", () => {
  const memory: { last?: Sample } = {};
  const cases: readonly [name: string, apply: Augmenter["apply"], promise: RegExp][] = [
    [
      "edits its input",
      (sample) => {
        sample.image.data[0] ^= 1;
        return sample;
      },
      /not edited/,
    ],
    [
      "sets a field of its input",
      (sample) => {
        (sample as { domain: string }).domain = "other";
        return sample;
      },
      /not edited/,
    ],
    [
      "uses Math.random",
      (sample) =>
        withImage(
          sample,
          sample.image.data.map((v) => clamp(v * Math.random())),
        ),
      /not edited/,
    ],
    [
      "depends on what ran before",
      (sample) => {
        const { last } = memory;
        memory.last = sample;
        return last?.id === sample.id
          ? withImage(
              sample,
              sample.image.data.map((v) => v >> 1),
            )
          : sample;
      },
      /whatever ran before/,
    ],
    [
      "forgets the mask when it flips",
      (sample, rng) => (rng.chance(0.5) ? flippedImage(sample) : sample),
      /follow the image/,
    ],
    [
      "moves the mask but not the densities",
      (sample) => ({
        ...flippedImage(sample),
        mask: { ...sample.mask!, data: flipped(sample.mask!.data, sample.mask!.width, 1) },
      }),
      /follow the image/,
    ],
    ["drops the mask", ({ mask: _, ...sample }) => sample, /form and range/],
    [
      "leaves the range of a byte",
      (sample, rng) => {
        const factor = rng.between(1.1, 1.4);
        return withImage(
          sample,
          sample.image.data.map((value) => value * factor),
        );
      },
      /ends of their range/,
    ],
    [
      "gives floats for bytes",
      (sample) => withImage(sample, Float32Array.from(sample.image.data) as unknown as Uint8Array),
      /form and range/,
    ],
    [
      "makes NaN of densities",
      (sample) => ({
        ...sample,
        density: { ...sample.density!, data: sample.density!.data.map((v) => Math.log(v - 1)) },
      }),
      /form and range/,
    ],
    [
      "gives masks of 0 and 255",
      (sample) => ({ ...sample, mask: { ...sample.mask!, data: sample.mask!.data.map((v) => 255 * v) } }),
      /form and range/,
    ],
    [
      "takes ignored pixels for background",
      (sample) => ({ ...sample, mask: { ...sample.mask!, data: sample.mask!.data.map((v) => Number(v === 1)) } }),
      /ignored pixels stay ignored/,
    ],
    [
      "crops the image alone",
      (sample) => ({
        ...sample,
        image: { width: sample.image.width, height: 1, data: sample.image.data.slice(0, 3 * sample.image.width) },
      }),
      /form and range/,
    ],
    ["renames the sample", (sample) => ({ ...sample, id: "other" }), /form and range/],
    [
      "fails on a patch of one pixel",
      (sample) => {
        if (sample.image.width < 2) throw new RangeError("too small");
        return sample;
      },
      /cannot work with/,
    ],
  ];
  it.each(cases)("%s", async (_, apply, promise) => {
    await expect(checkAugmenter(augmenter(apply))).rejects.toMatchObject({
      code: "CHECK_FAILED",
      message: expect.stringMatching(promise),
      found: expect.any(String),
    });
  });

  it("gives densities of other stains than it says, or none", async () => {
    const promised = { givesDensity: true, densityStains: 2 };
    await expect(checkAugmenter(inking(promised, 3))).rejects.toMatchObject({ found: "3 stains" });
    const none = defineAugmenter({
      type: "toy/none",
      summary: "A toy.",
      options: noOptions,
      create: () => ({ ...promised, apply: (sample) => sample }),
    });
    await expect(checkAugmenter(none)).rejects.toMatchObject({
      message: expect.stringMatching(/given as promised/),
      found: "a sample without density",
    });
  });

  it("keeps arrays that it was only shown", async () => {
    const remembered = new Map<Uint8Array, Uint8Array>();
    const caching = augmenter((sample) => {
      const { data } = sample.image;
      const out = remembered.get(data) ?? data.map((value) => value >> 1);
      remembered.set(data, out);
      return withImage(sample, out);
    });
    await expect(checkAugmenter(caching)).rejects.toMatchObject({ message: expect.stringMatching(/only while it is/) });
  });

  it("takes any option", async () => {
    const open = augmenter((sample) => sample, z.looseObject({}));
    await expect(checkAugmenter(open)).rejects.toMatchObject({ message: expect.stringMatching(/are refused/) });
  });

  it("keeps something else in its options than JSON can", async () => {
    const dated = augmenter(
      (sample) => sample,
      z.strictObject({
        since: z
          .string()
          .default("2020")
          .transform((text) => new Date(text)),
      }),
    );
    await expect(checkAugmenter(dated)).rejects.toMatchObject({
      message: expect.stringMatching(/means the same|described/),
    });
  });
});

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
