import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type Augmenter, type CropWindow, defineAugmenter, type Sample } from "../imaging/index.js";
import { noOptions } from "../step.js";
import { checkAugmenter } from "./index.js";
import { augmenter, clamp, flipped, flippedImage, inking, withImage } from "./testing.test-support.js";

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

let drawn = 0;

function whiteSample(sample: Sample, { width, height }: CropWindow): Sample {
  const pixels = width * height;
  const { stains } = sample.density!;
  return {
    ...sample,
    image: { width, height, data: new Uint8Array(3 * pixels).fill(255) },
    mask: { width, height, data: new Uint8Array(pixels) },
    density: { width, height, stains, data: new Float32Array(stains * pixels) },
  };
}

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

  it.each<[name: string, applyWithin: NonNullable<Augmenter["applyWithin"]>, found: RegExp]>([
    ["gives all of the sample for a window", (sample) => sample, /48 × 40/],
    [
      "draws without its key in a window",
      (sample, window) => {
        drawn++;
        const { image, mask, density } = whiteSample(sample, window);
        return { ...sample, image: { ...image, data: image.data.fill(drawn % 256) }, mask, density };
      },
      /image: value 0/,
    ],
    [
      "edits what it takes a window of",
      (sample, window) => {
        sample.image.data[0] ^= 255;
        return whiteSample(sample, window);
      },
      /image: value 0/,
    ],
    [
      "leaves the mask behind in a window",
      (sample, { x, y, width, height }) => ({
        ...whiteSample(sample, { x, y, width, height }),
        image: {
          width,
          height,
          data: Uint8Array.from({ length: 3 * width * height }, (_, i) => {
            const [column, row] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
            return sample.image.data[3 * ((y + row) * sample.image.width + x + column) + (i % 3)];
          }),
        },
      }),
      /correlation/,
    ],
  ])("%s", async (_, applyWithin, found) => {
    const within = defineAugmenter({
      type: "toy/within",
      summary: "A toy.",
      options: noOptions,
      create: () => ({ apply: (sample) => sample, applyWithin }),
    });
    await expect(checkAugmenter(within, { draws: 2 })).rejects.toMatchObject({
      message: expect.stringMatching(/window/),
      found: expect.stringMatching(found),
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
