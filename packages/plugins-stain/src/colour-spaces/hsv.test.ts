import { createRng } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { channelHistograms, statisticsOf } from "../statistics/channel-histograms.js";
import { difference, openCvGrid } from "../testing/golden.test-support.js";
import { hsvToRgb, rgbToHsv } from "./hsv.js";
import { scalarHsvToRgb, scalarRgbToHsv } from "./hsv.test-support.js";

test("RGB → HSV equals OpenCV's grid bit for bit", () => {
  const { input, output } = openCvGrid("rgb2hsv");
  const hsv = new Uint8Array(input.length);
  rgbToHsv(input, hsv);
  expect(difference(hsv, output).largest).toBe(0);
});

test("HSV → RGB brings the grid back within what 180 hues can tell", () => {
  const { input, output } = openCvGrid("rgb2hsv");
  const back = new Uint8Array(input.length);
  hsvToRgb(output, back);
  const { largest } = difference(back, input);
  expect(largest).toBeLessThanOrEqual(6);
});

test("greys keep their value", () => {
  for (let v = 0; v < 256; v++) {
    const pixel = Uint8Array.of(v, v, v);
    rgbToHsv(pixel, pixel);
    expect([...pixel]).toEqual([0, 0, v]);
    hsvToRgb(pixel, pixel);
    expect(difference(pixel, [v, v, v]).largest).toBeLessThanOrEqual(1);
  }
});

test("the kernels equal their scalar twins, whatever the size, down to black", () => {
  const rng = createRng("hsv");
  const hues = Uint8Array.from({ length: 256 }, (_, v) => (7 * v + 100) % 180);
  const levels = Uint8Array.from({ length: 256 }, (_, v) => Math.min(255, Math.floor(1.3 * v)));
  for (const pixels of [1, 2, 3, 5, 15, 17, 257, 32_769, 70_003]) {
    const range = pixels === 257 ? 16 : 256;
    const rgb = Uint8Array.from({ length: 3 * pixels }, () => rng.integer(range));
    const hsv = new Uint8Array(rgb.length);
    const expected = new Uint8Array(rgb.length);
    const measured = rgbToHsv(rgb, hsv);
    scalarRgbToHsv(rgb, expected);
    expect(difference(hsv, expected).largest).toBe(0);
    expect(measured).toEqual(statisticsOf(channelHistograms(expected)));
    const back = new Uint8Array(rgb.length);
    hsvToRgb(hsv, back);
    scalarHsvToRgb(hsv, expected);
    expect(difference(back, expected).largest).toBe(0);
    hsvToRgb(hsv, back, [hues, levels, levels]);
    scalarHsvToRgb(
      hsv.map((v, i) => (i % 3 === 0 ? hues[v] : levels[v])),
      expected,
    );
    expect(difference(back, expected).largest).toBe(0);
  }
});

test("every difference and every hue, saturation and value", () => {
  const all = Uint8Array.from({ length: 3 * 256 * 180 }, (_, i) => {
    const at = Math.floor(i / 3);
    return [at % 180, Math.floor(at / 180), (at * 7) % 256][i % 3];
  });
  const rgb = new Uint8Array(all.length);
  const expected = new Uint8Array(all.length);
  hsvToRgb(all, rgb);
  scalarHsvToRgb(all, expected);
  expect(difference(rgb, expected).largest).toBe(0);
  for (let value = 0; value < 256; value++) {
    // One channel at the value, one at each lower level, one between: all chromas, and hues on both sides of it.
    const bytes = Uint8Array.from({ length: 9 * (value + 1) }, (_, i) => {
      const low = Math.floor(i / 9);
      const turn = Math.floor((i % 9) / 3);
      return [value, low, (value + low) >> 1][(i + turn) % 3];
    });
    const hsv = new Uint8Array(bytes.length);
    const twin = new Uint8Array(bytes.length);
    rgbToHsv(bytes, hsv);
    scalarRgbToHsv(bytes, twin);
    expect(difference(hsv, twin).largest).toBe(0);
  }
});
