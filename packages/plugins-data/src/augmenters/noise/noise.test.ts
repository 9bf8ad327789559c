import { createRng } from "@eosin/plugin-api";
import { describe, expect, it } from "vitest";
import { reserve } from "../kernels/augment-kernels.js";
import { drawState, STATE_BYTES } from "../kernels/random-state.js";
import { formulaSample } from "../testing/drawn-samples.test-support.js";
import { createNoise } from "./noise.js";
import { noiseOptions } from "./options.js";

/** The kernel's normals by integers and float64 functions: xoshiro128+, then Box and Muller. */
function plainNormals(state: Uint32Array, count: number): number[] {
  const words = state.slice();
  const turned = (v: number, bits: number) => ((v << bits) | (v >>> (32 - bits))) >>> 0;
  const next = () =>
    [0, 1, 2, 3].map((lane) => {
      let [a, b, c, d] = [0, 4, 8, 12].map((i) => words[i + lane]);
      const word = (a + d) >>> 0;
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = turned(d, 11);
      for (const [i, v] of [a, b, c, d].entries()) words[4 * i + lane] = v;
      return word;
    });
  const out: number[] = [];
  while (out.length < count) {
    const radius = next().map((word) => Math.sqrt(-2 * Math.log(((word >>> 8) + 0.5) / 2 ** 24)));
    const angle = next().map((word) => (2 * Math.PI * (word | 0)) / 2 ** 32);
    out.push(...radius.map((r, i) => r * Math.cos(angle[i])), ...radius.map((r, i) => r * Math.sin(angle[i])));
  }
  return out;
}

function kernelNormals(count: number, key: number): { made: Float32Array; state: Uint32Array } {
  const { kernels, at } = reserve({ state: STATE_BYTES, to: 4 * count });
  drawState(kernels, at.state, createRng("normals", key));
  const state = kernels.words.slice(at.state >> 2, (at.state >> 2) + 16);
  kernels.run.normals(at.state, at.to, count);
  return { made: kernels.floats.slice(at.to >> 2, (at.to >> 2) + count), state };
}

it("normals are those of a float64 twin", () => {
  const { made, state } = kernelNormals(40_000, 1);
  const plain = plainNormals(state, 40_000);
  expect(Math.max(...made.map((value, i) => Math.abs(value - plain[i])))).toBeLessThan(2e-5);
});

it("normals are normally distributed, and their streams are not alike", () => {
  const count = 1_000_000;
  const { made } = kernelNormals(count, 2);
  const moment = (power: number) => made.reduce((sum, v) => sum + v ** power, 0) / count;
  expect(moment(1)).toBeCloseTo(0, 2);
  expect(moment(2)).toBeCloseTo(1, 2);
  expect(moment(3)).toBeCloseTo(0, 1);
  expect(moment(4)).toBeCloseTo(3, 1);
  for (const [bound, share] of [
    [1, 0.3173],
    [2, 0.0455],
    [3, 0.0027],
    [4, 0.0000633],
  ]) {
    const beyond = made.reduce((n, v) => n + (Math.abs(v) > bound ? 1 : 0), 0) / count;
    expect(Math.abs(beyond - share)).toBeLessThan(4 * Math.sqrt(share / count));
  }
  for (const lag of [1, 2, 3, 4, 8]) {
    let sum = 0;
    for (let i = lag; i < count; i++) sum += made[i] * made[i - lag];
    expect(Math.abs(sum / count)).toBeLessThan(0.004);
  }
});

describe("the component", () => {
  const grey = (level: number, side = 128) => {
    const sample = formulaSample(side, side);
    sample.image.data.fill(level);
    return sample;
  };
  const deviationOf = (bytes: Uint8Array, channel: number, level: number) => {
    const values = bytes.filter((_, i) => i % 3 === channel);
    return Math.sqrt(values.reduce((sum, v) => sum + (v - level) ** 2, 0) / values.length);
  };

  it.each([
    [{ deviation: [0.05, 0.05], unit: "range" }, 0.05 * 255],
    [{ variance: [0.01, 0.01], unit: "range" }, 0.1 * 255],
  ])("%j adds noise of that deviation", (options, expected) => {
    const noise = createNoise(noiseOptions.parse({ p: 1, ...options }));
    const { data } = noise.apply(grey(128), createRng(1)).image;
    for (let c = 0; c < 3; c++) {
      expect(Math.abs(deviationOf(data, c, 128) / expected - 1)).toBeLessThan(0.03);
    }
    const red = data.filter((_, i) => i % 3 === 0);
    expect(red).not.toEqual(data.filter((_, i) => i % 3 === 1));
  });

  it("as a share of the channel's own deviation; a channel of one value stays", () => {
    const sample = formulaSample(128, 128);
    for (let i = 0; i < sample.image.data.length; i += 3) {
      sample.image.data[i] = i % 2 === 0 ? 108 : 148;
      sample.image.data[i + 1] = 99;
    }
    const noise = createNoise(noiseOptions.parse({ p: 1, deviation: [0.5, 0.5] }));
    const { data } = noise.apply(sample, createRng(1)).image;
    const change = Float64Array.from(data, (v, i) => v - sample.image.data[i]);
    const red = change.filter((_, i) => i % 3 === 0);
    expect(Math.sqrt(red.reduce((sum, v) => sum + v * v, 0) / red.length)).toBeCloseTo(10, 0);
    expect(change.every((v, i) => i % 3 !== 1 || v === 0)).toBe(true);
  });

  it("stops at 0 and 255", () => {
    const strong = createNoise(noiseOptions.parse({ p: 1, deviation: [1, 1], unit: "range" }));
    const black = strong.apply(grey(0), createRng(1)).image.data;
    expect(black.filter((v) => v === 0).length / black.length).toBeCloseTo(0.5, 1);
    expect(black.filter((v) => v === 255).length / black.length).toBeCloseTo(0.16, 1);
  });

  it("every pixel of odd sizes gets noise, by the key alone; p = 0 leaves the sample", () => {
    const noise = createNoise(noiseOptions.parse({ p: 1, deviation: [0.1, 0.1], unit: "range" }));
    for (const side of [1, 3, 5, 17]) {
      const made = noise.apply(grey(128, side), createRng("odd", side));
      expect(made.image.data).toHaveLength(3 * side * side);
      expect(made.image.data.filter((v) => v === 128).length).toBeLessThan(Math.max(2, side * side * 0.3));
      expect(noise.apply(grey(128, side), createRng("odd", side)).image.data).toEqual(made.image.data);
    }
    const sample = grey(128);
    expect(createNoise(noiseOptions.parse({ p: 0 })).apply(sample, createRng(1))).toBe(sample);
  });

  it("refuses a deviation beside a variance", () => {
    expect(noiseOptions.safeParse({ deviation: [0, 1], variance: [0, 1] }).success).toBe(false);
  });
});
