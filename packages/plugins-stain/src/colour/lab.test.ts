import { expect, test } from "vitest";
import { difference, openCvGrid } from "../../test/golden.js";
import { labToRgb, lightness, rgbToLab } from "./lab.js";

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
