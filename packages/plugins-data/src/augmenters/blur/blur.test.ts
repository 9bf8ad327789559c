import { createRng } from "@eosin/plugin-api";
import { reflectedPosition } from "@eosin/support/windows";
import { describe, expect, it } from "vitest";
import type { ForChannels } from "../channels/draw-channels.js";
import { reserve } from "../kernels/augment-kernels.js";
import { formulaImage, formulaSample, soil } from "../testing/drawn-samples.test-support.js";
import { distanceTo, fixture } from "../testing/fixture.test-support.js";
import { createBlur } from "./blur.js";
import { blurImage, type Sigmas } from "./blur-image.js";
import { gaussianRadius, gaussianWeights } from "./gaussian-weights.js";
import { blurOptions } from "./options.js";

interface BlurCase {
  readonly width: number;
  readonly height: number;
  readonly sigmas: readonly ([number, number] | null)[];
  readonly values: readonly number[];
}

function sigmasOf([red, green, blue]: BlurCase["sigmas"]): ForChannels<Sigmas> {
  const one = (pair: BlurCase["sigmas"][number]) => (pair ? { x: pair[0], y: pair[1] } : undefined);
  return [one(red), one(green), one(blue)];
}

it.each(fixture<BlurCase>("scipy-blur"))("$width × $height beside SciPy's gaussian_filter1d", (each) => {
  soil(reserve({ all: 1 << 16 }).kernels.bytes);
  const { data } = blurImage(formulaImage(each.width, each.height), sigmasOf(each.sigmas));
  const { largest, unlike } = distanceTo(data, each.values);
  expect(largest).toBeLessThan(0.6);
  expect(unlike).toBeLessThan(0.08);
});

it("a wide Gaussian along a row beside a plain float64 loop", () => {
  const image = formulaImage(301, 1);
  const { data } = blurImage(image, [{ x: 32, y: 1 }, undefined, undefined]);
  const radius = gaussianRadius(32);
  const weights = Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-((i - radius) ** 2) / (2 * 32 * 32)));
  const total = weights.reduce((a, b) => a + b);
  const plain = Array.from({ length: 301 }, (_, x) =>
    weights.reduce((sum, w, i) => sum + (w / total) * image.data[3 * reflectedPosition(x + i - radius, 301)], 0),
  );
  const red = data.filter((_, i) => i % 3 === 0);
  expect(distanceTo(red, plain).largest).toBeLessThan(0.75);
});

it("a channel without sigma keeps its bytes, and one colour stays that colour", () => {
  const image = formulaImage(31, 9);
  const { data } = blurImage(image, [{ x: 1, y: 2 }, undefined, undefined]);
  expect(data.filter((_, i) => i % 3 > 0)).toEqual(image.data.filter((_, i) => i % 3 > 0));
  expect(data.filter((_, i) => i % 3 === 0)).not.toEqual(image.data.filter((_, i) => i % 3 === 0));
  const plain = { width: 20, height: 20, data: new Uint8Array(1200).fill(255) };
  const all: ForChannels<Sigmas> = [
    { x: 0.3, y: 32 },
    { x: 7, y: 1 },
    { x: 0.1, y: 0.1 },
  ];
  expect(blurImage(plain, all).data).toEqual(plain.data);
});

it("weights add up to one", () => {
  for (const sigma of [0.1, 0.5, 1, 3.7, 32]) {
    const [middle, ...sides] = gaussianWeights(sigma, 200);
    expect(Math.abs(middle + 2 * sides.reduce((a, b) => a + b) - 32768)).toBeLessThanOrEqual(1);
  }
});

describe("the component", () => {
  it("changes nothing but the picture, the same by the same key, and nothing where p says so", () => {
    const sample = formulaSample(33, 21);
    const blur = createBlur(blurOptions.parse({ p: 1, pChannel: 1 }));
    const made = blur.apply(sample, createRng(3));
    expect(made.mask).toBe(sample.mask);
    expect(made.density).toBe(sample.density);
    expect(made.image.data).not.toEqual(sample.image.data);
    expect(blur.apply(sample, createRng(3)).image.data).toEqual(made.image.data);
    expect(createBlur(blurOptions.parse({ p: 0 })).apply(sample, createRng(3))).toBe(sample);
    expect(createBlur(blurOptions.parse({ p: 1, pChannel: 0 })).apply(sample, createRng(3))).toBe(sample);
  });

  it("channels and axes draw together where asked", () => {
    const grey = formulaSample(16, 16);
    for (let i = 0; i < grey.image.data.length; i++) grey.image.data[i] = grey.image.data[i - (i % 3)];
    const isGrey = (channels: string) => {
      const { data } = createBlur(blurOptions.parse({ p: 1, pChannel: 1, channels })).apply(grey, createRng(1)).image;
      return data.every((value, i) => value === data[i - (i % 3)]);
    };
    expect([isGrey("together"), isGrey("apart")]).toEqual([true, false]);
    const square = (axes: string) => {
      const lit = { ...grey, image: { width: 9, height: 9, data: new Uint8Array(243) } };
      lit.image.data.fill(255, 120, 123);
      const { data } = createBlur(blurOptions.parse({ p: 1, pChannel: 1, axes, sigma: [0.5, 3] })).apply(
        lit,
        createRng(1),
      ).image;
      return [0, 1, 2].every((c) => data[3 * (4 * 9 + 5) + c] === data[3 * (5 * 9 + 4) + c]);
    };
    expect([square("together"), square("apart")]).toEqual([true, false]);
  });
});
