import { createRng } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { channelHistograms, statisticsOf } from "../statistics/channel-histograms.js";
import { transferMap } from "../statistics/channel-transfer.js";
import { difference, openCvGrid } from "../testing/golden.test-support.js";
import { identityMap } from "./byte-map.js";
import { labToRgb, lightness, rgbToLab } from "./lab.js";
import { scalarLabToRgb, scalarRgbToLab } from "./lab.test-support.js";

test("RGB → LAB equals OpenCV's grid bit for bit", () => {
  const { input, output } = openCvGrid("rgb2lab");
  const lab = new Uint8Array(input.length);
  rgbToLab(input, lab);
  expect(difference(lab, output).largest).toBe(0);
});

test("LAB → RGB equals OpenCV's grid bit for bit, also in place", () => {
  const { input, output } = openCvGrid("lab2rgb");
  labToRgb(input, input);
  expect(difference(input, output).largest).toBe(0);
});

test("lightness is the L of LAB", () => {
  const { input, output } = openCvGrid("rgb2lab");
  for (let i = 0; i < input.length; i += 3) {
    expect(lightness(input[i], input[i + 1], input[i + 2])).toBe(output[i]);
  }
});

test("the strongest colours come back within what 8-bit LAB can tell", () => {
  const lab = new Uint8Array(3);
  for (const [r, g, b] of [
    [0, 255, 0],
    [255, 0, 255],
    [0, 0, 255],
    [255, 255, 0],
    [0, 255, 255],
    [255, 0, 0],
  ]) {
    rgbToLab(Uint8Array.of(r, g, b), lab);
    const back = new Uint8Array(3);
    labToRgb(lab, back);
    expect(difference(back, [r, g, b]).largest).toBeLessThanOrEqual(12);
  }
});

test("maps apply to L, a and b on the way back", () => {
  const grey = Uint8Array.from({ length: 256 }, () => 128);
  const identity = Uint8Array.from({ length: 256 }, (_, v) => v);
  const rgb = Uint8Array.of(200, 80, 120);
  rgbToLab(rgb, rgb);
  labToRgb(rgb, rgb, [identity, grey, grey]);
  expect(Math.max(...rgb) - Math.min(...rgb)).toBeLessThanOrEqual(1);
});

test("the kernels equal their scalar twins, whatever the size, down to black", () => {
  const rng = createRng("lab");
  const maps = [0, 1, 2].map((c) => transferMap({ scale: [1.3, 0.8, 1.2], offset: [-22, 31, -40] }, c as 0 | 1 | 2));
  for (const pixels of [1, 2, 3, 5, 257, 32_769, 70_003]) {
    const range = pixels === 257 ? 16 : 256;
    const rgb = Uint8Array.from({ length: 3 * pixels }, () => rng.integer(range));
    const lab = new Uint8Array(rgb.length);
    const expected = new Uint8Array(rgb.length);
    const measured = rgbToLab(rgb, lab, 100.5);
    scalarRgbToLab(rgb, expected);
    expect(difference(lab, expected).largest).toBe(0);
    const { mean, std } = statisticsOf(channelHistograms(expected));
    expect(measured.mean).toEqual(mean);
    expect(measured.std).toEqual(std);
    expect(measured.darker).toBe(expected.filter((v, i) => i % 3 === 0 && v < 100.5).length / pixels);
    for (const [l, a, b] of [maps, [identityMap, identityMap, identityMap]]) {
      const back = new Uint8Array(rgb.length);
      labToRgb(lab, back, [l, a, b]);
      scalarLabToRgb(lab, expected, [l, a, b]);
      expect(difference(back, expected).largest).toBe(0);
      scalarRgbToLab(rgb, expected);
    }
  }
});
