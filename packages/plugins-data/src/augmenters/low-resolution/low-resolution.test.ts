import { createRng } from "@eosin/plugin-api";
import { describe, expect, it } from "vitest";
import { reserve } from "../kernels/augment-kernels.js";
import { formulaImage, formulaSample, soil } from "../testing/drawn-samples.test-support.js";
import { distanceTo, fixture } from "../testing/fixture.test-support.js";
import { createLowResolution, lowerResolution } from "./low-resolution.js";
import { lowResolutionOptions } from "./options.js";

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
    expect(largest).toBeLessThan(0.51);
    expect(unlike).toBeLessThan(0.01);
  });
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
