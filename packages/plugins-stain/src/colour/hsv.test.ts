import { expect, test } from "vitest";
import { difference, openCvGrid } from "../../test/golden.js";
import { hsvToRgb, rgbToHsv } from "./hsv.js";

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
