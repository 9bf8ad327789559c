import { createRng } from "@eosin/plugin-api";
import { IGNORED } from "@eosin/plugin-api/imaging";
import { expect, it } from "vitest";
import { formulaSample } from "../testing/drawn-samples.test-support.js";
import { createCutOut } from "./cut-out.js";
import { cutOutOptions } from "./options.js";

const sample = formulaSample(60, 40);
const make = (options: object) => createCutOut(cutOutOptions.parse({ p: 1, ...options }));
const covered = (data: Uint8Array, colour: readonly number[]) =>
  [...Array(data.length / 3).keys()].filter((i) => colour.every((level, c) => data[3 * i + c] === level));

it("covers a rectangle, and nothing else changes", () => {
  for (let key = 0; key < 30; key++) {
    const { image, mask, density } = make({ fill: [1, 2, 3], size: [0.25, 0.5] }).apply(sample, createRng(key));
    const places = covered(image.data, [1, 2, 3]);
    const columns = places.map((i) => i % 60);
    const rows = places.map((i) => Math.floor(i / 60));
    const [width, height] = [columns, rows].map((all) => Math.max(...all) - Math.min(...all) + 1);
    expect(places).toHaveLength(width * height);
    expect(width).toBeGreaterThan(6);
    expect(width).toBeLessThanOrEqual(30);
    expect(height).toBeLessThanOrEqual(20);
    const others = new Set(places);
    expect(image.data.every((v, i) => others.has(Math.floor(i / 3)) || v === sample.image.data[i])).toBe(true);
    expect([mask!.data, density]).toEqual([sample.mask!.data, sample.density]);
  }
});

it("by the mean colour, so often as count says", () => {
  const mean = [0, 1, 2].map((c) => {
    const channel = sample.image.data.filter((_, i) => i % 3 === c);
    return Math.round(channel.reduce((a, b) => a + b, 0) / channel.length);
  });
  const area = (count: number) => {
    const { image } = make({ count: [count, count], size: [0.1, 0.1] }).apply(sample, createRng(5));
    return covered(image.data, mean).length;
  };
  expect(area(1)).toBeGreaterThan(0);
  expect(area(1)).toBeLessThanOrEqual(24);
  expect(area(12)).toBeGreaterThan(100);
});

it("may let covered labels count as ignored", () => {
  const { image, mask } = make({ fill: [1, 2, 3], labels: "ignore" }).apply(sample, createRng(7));
  const places = covered(image.data, [1, 2, 3]);
  expect(places.length).toBeGreaterThan(0);
  expect(places.every((i) => mask!.data[i] === IGNORED)).toBe(true);
  expect(mask!.data.filter((label, i) => label !== sample.mask!.data[i] && !places.includes(i))).toHaveLength(0);
  const { mask: none, ...unlabelled } = sample;
  expect(none).toBeDefined();
  expect(make({ labels: "ignore" }).apply(unlabelled, createRng(7)).mask).toBeUndefined();
});

it("hands the sample through where p says so", () => {
  expect(make({ p: 0 }).apply(sample, createRng(1))).toBe(sample);
});
