import { createRng } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { difference } from "../../test/golden.js";
import { measureFloatLab, moveFloatLab, pixelToLab } from "./float-lab.js";

/** CIE's own formulas. */
function exactLab(rgb: readonly number[]): number[] {
  const [r, g, b] = rgb.map((v) => (v / 255 > 0.04045 ? ((v / 255 + 0.055) / 1.055) ** 2.4 : v / 255 / 12.92));
  const root = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = root((0.412453 * r + 0.35758 * g + 0.180423 * b) / 0.95047);
  const y = root(0.212671 * r + 0.71516 * g + 0.072169 * b);
  const z = root((0.019334 * r + 0.119193 * g + 0.950227 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const row = (data: Uint8Array) => ({ width: data.length / 3, height: 1, data });
const rng = createRng("float lab");
const rgb = Uint8Array.from({ length: 3 * 5000 }, () => rng.integer(256));

test("tables stay within 0.001 of the formulas", () => {
  const lab = new Float64Array(3);
  for (let at = 0; at < rgb.length; at += 3) {
    const pixel = [...rgb.subarray(at, at + 3)];
    pixelToLab(pixel[0], pixel[1], pixel[2], lab);
    expect(difference(lab, exactLab(pixel)).largest).toBeLessThan(1e-3);
  }
});

test("a transfer that changes nothing returns the picture, cut to bytes", () => {
  const same = moveFloatLab(row(rgb), { scale: [1, 1, 1], offset: [0, 0, 0] });
  expect(difference(same.data, rgb).largest).toBeLessThanOrEqual(1);
});

test("the moved picture has the wanted statistics", () => {
  const grey = Uint8Array.from({ length: 3000 }, (_, i) => 100 + (Math.trunc(i / 3) % 40));
  const { mean, std } = measureFloatLab(grey);
  const moved = measureFloatLab(
    moveFloatLab(row(grey), { scale: [1.2, 1, 1], offset: [5 - 0.2 * mean[0], 0, 0] }).data,
  );
  expect(moved.mean[0]).toBeCloseTo(mean[0] + 5, 0);
  expect(moved.std[0]).toBeCloseTo(1.2 * std[0], 1);
});
