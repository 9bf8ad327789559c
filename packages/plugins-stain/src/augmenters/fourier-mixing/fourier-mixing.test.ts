import { createRng } from "@eosin/plugin-api";
import type { RgbImage, Sample } from "@eosin/plugin-api/imaging";
import { describe, expect, test } from "vitest";
import { buildAugmenter, sampleOf, stream } from "../../testing/build.test-support.js";
import { degenerate, drawPatch } from "../../testing/patches.test-support.js";
import { amplitudesOf, learnBank } from "./amplitude-bank.js";
import { mixAmplitudes } from "./fourier-mixing.js";
import { addFrequencies, frequencyCount, frequencyIndex, lowFrequencies } from "./low-frequencies.js";

/** The definition, in float64. */
function plainFrequency({ width, height, data }: RgbImage, k: number, l: number, channel: number): [number, number] {
  let [re, im] = [0, 0];
  for (let i = 0; i < width * height; i++) {
    const angle = -2 * Math.PI * ((k * (i % width)) / width + (l * Math.floor(i / width)) / height);
    re += (data[3 * i + channel] * Math.cos(angle)) / (width * height);
    im += (data[3 * i + channel] * Math.sin(angle)) / (width * height);
  }
  return [re, im];
}

const cases = [
  { width: 64, height: 48, cycles: 3 },
  { width: 37, height: 21, cycles: 2 },
  { width: 5, height: 3, cycles: 4 },
  { width: 1, height: 1, cycles: 2 },
  { width: 1, height: 9, cycles: 2 },
  // Two strips of the kernels' memory.
  { width: 300, height: 150, cycles: 1 },
];

describe.each(cases)("$width × $height, $cycles cycles", ({ width, height, cycles }) => {
  const image = drawPatch(width, height, undefined, `${width}`);
  const possible = (k: number, l: number) => 2 * k < width && 2 * Math.abs(l) < height;

  test("frequencies are those of the definition, and 0 where the picture is too small for them", () => {
    const { real, imaginary } = lowFrequencies(image, cycles);
    for (let k = 0; k <= cycles; k++) {
      for (let l = -cycles; l <= cycles; l++) {
        for (let channel = 0; channel < 3; channel++) {
          const [re, im] = possible(k, l) ? plainFrequency(image, k, l, channel) : [0, 0];
          const index = frequencyIndex(cycles, k, l, channel);
          expect(Math.abs(real[index] - re)).toBeLessThan(1e-4);
          expect(Math.abs(imaginary[index] - im)).toBeLessThan(1e-4);
        }
      }
    }
  });

  test("mixing is the whole transform with other amplitudes, transformed back", () => {
    const other = amplitudesOf(lowFrequencies(drawPatch(width, height, undefined, `other ${width}`), cycles));
    const made = mixAmplitudes(image, other, 0.7, cycles);
    const expected = Float64Array.from(image.data);
    for (let l = -cycles; l <= cycles; l++) {
      for (let k = -cycles; k <= cycles; k++) {
        if (!possible(Math.abs(k), l)) continue;
        for (let channel = 0; channel < 3; channel++) {
          const [re, im] = plainFrequency(image, k, l, channel);
          const own = Math.hypot(re, im);
          if (own < 1e-9) continue;
          const half = k < 0 ? frequencyIndex(cycles, -k, -l, channel) : frequencyIndex(cycles, k, l, channel);
          const factor = (0.7 * (other[half] - own)) / own;
          for (let i = 0; i < width * height; i++) {
            const angle = 2 * Math.PI * ((k * (i % width)) / width + (l * Math.floor(i / width)) / height);
            expected[3 * i + channel] += factor * (re * Math.cos(angle) - im * Math.sin(angle));
          }
        }
      }
    }
    let largest = 0;
    for (const [i, value] of expected.entries()) {
      largest = Math.max(largest, Math.abs(made.data[i] - Math.max(0, Math.min(255, value))));
    }
    expect(largest).toBeLessThan(0.52);
  });

  test("a share of 0, and the picture's own amplitudes, leave it", () => {
    const own = lowFrequencies(image, cycles);
    const other = new Array<number>(frequencyCount(cycles)).fill(9);
    expect(mixAmplitudes(image, other, 0, cycles).data).toEqual(image.data);
    expect(mixAmplitudes(image, amplitudesOf(own), 1, cycles).data).toEqual(image.data);
    expect(addFrequencies(image, { ...own, real: own.real.map(() => 0), imaginary: own.real.map(() => 0) })).toEqual(
      expect.objectContaining({ data: image.data }),
    );
  });
});

const patches = (domain: string, count: number): Sample[] =>
  Array.from({ length: count }, (_, i) => ({
    ...sampleOf(drawPatch(40, 32, undefined, `${domain} ${i}`), `${domain}/${i}`),
    domain,
  }));

test("the bank takes of every domain alike, and minds no order", async () => {
  const samples = [...patches("a", 9), ...patches("b", 3), ...patches("c", 1)];
  const numberOf = (sample: Sample) => [samples.indexOf(sample)];
  const bank = await learnBank(stream(samples), 6, numberOf);
  expect(await learnBank(stream([...samples].reverse()), 6, numberOf)).toEqual(bank);
  const domains = bank.map(([i]) => samples[i].domain).sort();
  expect(domains.join("")).toMatch(/^a{2,3}b{2,3}c$/);
  expect(bank).toHaveLength(6);
  expect(await learnBank(stream(samples.slice(9)), 10, numberOf)).toHaveLength(4);
});

test("fit, then the same key gives the same bytes; the mean colour moves, edges stay where they are", async () => {
  const bright = patches("a", 4).map((sample) => ({
    ...sample,
    image: { ...sample.image, data: sample.image.data.map((v) => v >> 1) },
  }));
  const learned = await (await buildAugmenter("stain/fourier-mixing")).it.fit?.(stream(bright));
  const state = JSON.parse(JSON.stringify(learned));
  const { it } = await buildAugmenter("stain/fourier-mixing", { p: 1, share: [1, 1], cycles: 2 }, state);
  const sample = patches("b", 1)[0];
  const before = sample.image.data.slice();
  const made = it.apply(sample, createRng(1));
  expect(sample.image.data).toEqual(before);
  expect(it.apply(sample, createRng(1)).image.data).toEqual(made.image.data);
  const mean = (data: Uint8Array) => data.reduce((a, b) => a + b, 0) / data.length;
  expect(mean(made.image.data) / mean(before)).toBeCloseTo(0.5, 1);
});

test("p = 0 changes nothing; patches without tissue pass, said once; a bank must be learned", async () => {
  const { it: unlearned } = await buildAugmenter("stain/fourier-mixing");
  const sample = patches("a", 1)[0];
  expect(() => unlearned.apply(sample, createRng(1))).toThrow(expect.objectContaining({ code: "NOT_FITTED" }));
  await expect(unlearned.fit?.(stream([sampleOf(degenerate.white)]))).rejects.toMatchObject({ code: "BANK_EMPTY" });
  const state = (await unlearned.fit?.(stream(patches("a", 2)))) ?? null;
  const { it: never } = await buildAugmenter("stain/fourier-mixing", { p: 0 }, state);
  expect(never.apply(sample, createRng(1))).toBe(sample);
  const { it, warnings } = await buildAugmenter("stain/fourier-mixing", { p: 1 }, state);
  const white = sampleOf(degenerate.white, "white");
  expect(it.apply(white, createRng(1))).toBe(white);
  expect(it.apply(white, createRng(2))).toBe(white);
  expect(warnings).toHaveLength(1);
});
