import { createRng } from "@eosin/plugin-api";
import { describe, expect, it } from "vitest";
import { reserve } from "../kernels/augment-kernels.js";
import { formulaImage, formulaSample, soil } from "../testing/drawn-samples.test-support.js";
import { distanceTo, fixture } from "../testing/fixture.test-support.js";
import { createLowResolution } from "./low-resolution.js";
import { lowerResolution } from "./lower-resolution.js";
import { lowResolutionOptions } from "./options.js";
import { pairGroups } from "./pair-groups.js";
import { resamplingOf } from "./resampling.js";

interface LowResolutionCase {
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  readonly bilinear: readonly number[];
  readonly cubic: readonly number[];
}

describe.each(fixture<LowResolutionCase>("torch-low-resolution"))("$width × $height by $scale", (each) => {
  it.each(["bilinear", "cubic"] as const)("beside PyTorch, %s", (upsampling) => {
    soil(reserve({ all: 1 << 16 }).kernels.bytes);
    const { width, height, scale } = each;
    const { data } = lowerResolution(formulaImage(width, height), [scale, scale, scale], upsampling);
    const { largest, unlike } = distanceTo(data, each[upsampling]);
    expect(largest).toBeLessThan(0.52);
    expect(unlike).toBeLessThan(0.05);
  });
});

it("pixels of a group that are too far apart are weighed one by one", () => {
  expect(pairGroups(resamplingOf(256, 0.5, "bilinear"))).toBeDefined();
  expect(pairGroups(resamplingOf(256, 0.1, "bilinear"))).toBeUndefined();
});

it("groups give what the weights say, but for rounding", () => {
  const image = formulaImage(203, 150);
  for (const scale of [0.27, 0.5, 0.83]) {
    const { kept, places, weights } = resamplingOf(203, scale, "bilinear");
    const rows = resamplingOf(150, scale, "bilinear");
    const { data } = lowerResolution(image, [scale, scale, scale], "bilinear");
    const at = (x: number, y: number, c: number) => image.data[3 * (y * 203 + x) + c];
    const expected = Array.from({ length: data.length }, (_, i) => {
      const [c, x, y] = [i % 3, Math.floor(i / 3) % 203, Math.floor(i / 609)];
      let sum = 0;
      for (const v of [0, 1]) {
        for (const u of [0, 1]) {
          const value = at(kept[places[2 * x + u]], rows.kept[rows.places[2 * y + v]], c);
          sum += weights[2 * x + u] * rows.weights[2 * y + v] * value;
        }
      }
      return sum;
    });
    const { largest, unlike } = distanceTo(data, expected);
    expect([largest < 0.53, unlike < 0.05]).toEqual([true, true]);
  }
});

it("each channel has its own scale, and one without stays", () => {
  const image = formulaImage(23, 14);
  const apart = lowerResolution(image, [0.5, undefined, 0.8], "bilinear").data;
  const half = lowerResolution(image, [0.5, 0.5, 0.5], "bilinear").data;
  expect(apart.filter((_, i) => i % 3 === 0)).toEqual(half.filter((_, i) => i % 3 === 0));
  expect(apart.filter((_, i) => i % 3 === 1)).toEqual(image.data.filter((_, i) => i % 3 === 1));
  expect(apart.filter((_, i) => i % 3 === 2)).not.toEqual(half.filter((_, i) => i % 3 === 2));
});

it("a scale of 1 is the identity", () => {
  const image = formulaImage(19, 7);
  for (const upsampling of ["bilinear", "cubic"] as const) {
    expect(lowerResolution(image, [1, 1, 1], upsampling).data).toEqual(image.data);
  }
});

it("the component leaves mask and densities, and the sample where nothing is drawn", () => {
  const sample = formulaSample(21, 17);
  const make = (options: object) => createLowResolution(lowResolutionOptions.parse(options));
  const made = make({ p: 1, pChannel: 1, scale: [0.3, 0.6] }).apply(sample, createRng(2));
  expect(made.mask).toBe(sample.mask);
  expect(made.density).toBe(sample.density);
  expect(made.image.data).not.toEqual(sample.image.data);
  expect(make({ p: 0 }).apply(sample, createRng(2))).toBe(sample);
  expect(make({ p: 1, pChannel: 0 }).apply(sample, createRng(2))).toBe(sample);
});
