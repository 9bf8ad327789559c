import { createRng } from "@eosin/plugin-api";
import type { Augmenter } from "@eosin/plugin-api/imaging";
import { describe, expect, it } from "vitest";
import { createBrightness } from "../brightness/brightness.js";
import { brightnessOptions } from "../brightness/options.js";
import { drawFactor } from "../channels/draw-channels.js";
import { createContrast } from "../contrast/contrast.js";
import { contrastOptions } from "../contrast/options.js";
import { createGamma } from "../gamma/gamma.js";
import { gammaOptions } from "../gamma/options.js";
import { formulaSample } from "../testing/drawn-samples.test-support.js";
import { distanceTo, fixture } from "../testing/fixture.test-support.js";

interface IntensityCase {
  readonly transform: "gamma" | "contrast" | "brightness";
  readonly amount: number;
  readonly invert?: boolean;
  readonly retain?: boolean;
  readonly preserveRange?: boolean;
  readonly values: readonly number[];
}

const makers = {
  gamma: (options: object): Augmenter => createGamma(gammaOptions.parse(options)),
  contrast: (options: object): Augmenter => createContrast(contrastOptions.parse(options)),
  brightness: (options: object): Augmenter => createBrightness(brightnessOptions.parse(options)),
};

function augmenterOf({ transform, amount, values: _, ...more }: IntensityCase): Augmenter {
  const amounts = { [transform === "gamma" ? "gamma" : "factor"]: [amount, amount] };
  // The fixture's picture is not standardised.
  const about = transform === "brightness" ? { about: "black" } : {};
  return makers[transform]({ p: 1, ...amounts, ...about, ...more });
}

it.each(fixture<IntensityCase>("nnunet-intensity"))(
  "$transform by $amount (inverted: $invert, retained: $retain, range kept: $preserveRange) beside batchgeneratorsv2",
  (each) => {
    const { data } = augmenterOf(each).apply(formulaSample(17, 13), createRng(1)).image;
    expect(distanceTo(data, each.values)).toEqual({ largest: expect.any(Number), unlike: 0 });
  },
);

it.each(["gamma", "contrast", "brightness"] as const)("%s beside its formula in float64, on odd sizes", (transform) => {
  for (const [width, height] of [
    [1, 1],
    [2, 1],
    [5, 7],
    [33, 31],
  ]) {
    const sample = formulaSample(width, height);
    const { data } = sample.image;
    const made = augmenterOf({ transform, amount: 1.3, values: [] }).apply(sample, createRng(9)).image.data;
    for (let c = 0; c < 3; c++) {
      const channel = [...data].filter((_, i) => i % 3 === c);
      const mean = (values: number[]) => values.reduce((a, b) => a + b) / values.length;
      const deviation = (values: number[]) => Math.sqrt(mean(values.map((v) => (v - mean(values)) ** 2)));
      const [least, most] = [Math.min(...channel), Math.max(...channel)];
      let expected = channel;
      if (transform === "brightness") expected = channel.map((v) => 1.3 * v);
      else if (transform === "contrast") {
        expected = channel.map((v) => Math.max(least, Math.min(most, mean(channel) + 1.3 * (v - mean(channel)))));
      } else if (most > least) {
        const raised = channel.map((v) => ((v - least) / (most - least)) ** 1.3 * (most - least) + least);
        const ratio = deviation(channel) / deviation(raised);
        expected = raised.map((v) => (v - mean(raised)) * ratio + mean(channel));
      }
      const bytes = made.filter((_, i) => i % 3 === c);
      expect(distanceTo(bytes, expected).unlike).toBe(0);
    }
  }
});

it("brightness about the mean keeps the mean", () => {
  const sample = formulaSample(40, 40);
  const { data } = makers.brightness({ p: 1, factor: [0.5, 0.5] }).apply(sample, createRng(1)).image;
  const mean = (bytes: Uint8Array) => bytes.reduce((a, b) => a + b, 0) / bytes.length;
  expect(mean(data)).toBeCloseTo(mean(sample.image.data), 0);
  expect(data.every((v) => v > 60 && v < 200)).toBe(true);
});

describe.each(["gamma", "contrast", "brightness"] as const)("the component data/%s", (transform) => {
  const sample = formulaSample(21, 17);

  it("leaves mask and densities, and the sample where nothing is drawn", () => {
    const made = makers[transform]({ p: 1 }).apply(sample, createRng(2));
    expect(made.mask).toBe(sample.mask);
    expect(made.density).toBe(sample.density);
    expect(made.image.data).not.toEqual(sample.image.data);
    expect(makers[transform]({ p: 0 }).apply(sample, createRng(2))).toBe(sample);
    expect(makers[transform]({ p: 1, pChannel: 0 }).apply(sample, createRng(2))).toBe(sample);
  });

  it("applies as often as p says", () => {
    const augmenter = makers[transform]({ p: 0.3 });
    const changed = Array.from({ length: 1000 }, (_, key) => augmenter.apply(sample, createRng(key)) !== sample);
    expect(changed.filter(Boolean).length).toBeGreaterThan(250);
    expect(changed.filter(Boolean).length).toBeLessThan(350);
  });

  it("draws for each channel, or once", () => {
    const grey = formulaSample(16, 16);
    for (let i = 0; i < grey.image.data.length; i++) grey.image.data[i] = grey.image.data[i - (i % 3)];
    const isGrey = (channels: string) => {
      const { data } = makers[transform]({ p: 1, channels }).apply(grey, createRng(4)).image;
      return data.every((value, i) => value === data[i - (i % 3)]);
    };
    expect([isGrey("together"), isGrey("apart")]).toEqual([true, false]);
  });
});

it("factors are below and above 1 equally often where the range has both", () => {
  const draws = Array.from({ length: 4000 }, (_, key) => drawFactor(createRng(key), [0.7, 1.5]));
  expect(draws.filter((f) => f < 1).length / draws.length).toBeCloseTo(0.5, 1);
  expect([Math.min(...draws) >= 0.7, Math.max(...draws) < 1.5]).toEqual([true, true]);
  const above = Array.from({ length: 200 }, (_, key) => drawFactor(createRng(key), [1.2, 1.4]));
  expect([Math.min(...above) >= 1.2, Math.max(...above) < 1.4]).toEqual([true, true]);
});
