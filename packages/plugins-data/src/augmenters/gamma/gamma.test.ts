import { createRng } from "@eosin/plugin-api";
import { expect, it } from "vitest";
import { formulaSample } from "../testing/drawn-samples.test-support.js";
import { createGamma, gammaValues } from "./gamma.js";
import { gammaOptions } from "./options.js";

function counts(levels: readonly number[]): Uint32Array {
  const all = new Uint32Array(768);
  for (const level of levels) all[level]++;
  return all;
}

it("a power above 1 darkens what is between the ends, and inverted it lightens", () => {
  const levels = counts([10, 100, 200]);
  const plain = gammaValues(2, 0, levels, { invert: false, retain: false });
  const inverted = gammaValues(2, 0, levels, { invert: true, retain: false });
  expect([plain[10], plain[200]]).toEqual([10, 200]);
  expect(plain[100]).toBeCloseTo(10 + 190 * (90 / 190) ** 2, 9);
  expect([inverted[10], inverted[200]]).toEqual([10, 200]);
  expect(inverted[100]).toBeCloseTo(200 - 190 * (100 / 190) ** 2, 9);
});

it("plain and inverted, given one stream, do not draw alike", () => {
  const sample = formulaSample(5, 4);
  const [plain, inverted] = [false, true].map((invert) => createGamma(gammaOptions.parse({ p: 0.3, invert })));
  const both = { plain: 0, inverted: 0, both: 0 };
  for (let key = 0; key < 2000; key++) {
    const [first, second] = [plain, inverted].map((each) => each.apply(sample, createRng("gamma", key)) !== sample);
    if (first) both.plain++;
    if (second) both.inverted++;
    if (first && second) both.both++;
  }
  expect(both.plain / 2000).toBeCloseTo(0.3, 1);
  expect(both.inverted / 2000).toBeCloseTo(0.3, 1);
  expect(both.both / 2000).toBeCloseTo(0.09, 1);
  expect(both.both / 2000).toBeLessThan(0.14);
});

it("a channel of one value stays as it is", () => {
  for (const invert of [true, false]) {
    for (const retain of [true, false])
      expect(gammaValues(0.5, 0, counts([77]), { invert, retain })[77]).toBeCloseTo(77, 9);
  }
});
