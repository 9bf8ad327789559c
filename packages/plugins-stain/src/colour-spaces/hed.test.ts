import { createRng } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import type { Triple } from "../statistics/channel-statistics.js";
import { difference, goldenDensities, goldenIds, goldenImage, hasGolden } from "../testing/golden.test-support.js";
import { jitterHed, measureHed, moveHed } from "./hed.js";
import { scalarHedToRgb, scalarRgbToHed } from "./hed.test-support.js";

test("colours made of the three stains come back", () => {
  const hed = Float64Array.of(0.02, 0.05, 0.01, 0, 0, 0, 0.1, 0, 0.02);
  const rgb = new Float64Array(9);
  scalarHedToRgb(hed, rgb);
  const bytes = Uint8Array.from(rgb, (v) => Math.round(255 * v));
  const again = new Float64Array(9);
  scalarRgbToHed(bytes, again);
  expect(difference(again, hed).largest).toBeLessThan(2e-3);
});

test.skipIf(!hasGolden)("RGB → HED equals scikit-image", async () => {
  for (const id of goldenIds) {
    const { data, width } = await goldenImage(id);
    const hed = new Float64Array(data.length);
    scalarRgbToHed(data, hed);
    const expected = goldenDensities(id, "hed_skimage_crop64.npy");
    for (let y = 0; y < 64; y++) {
      const row = 3 * ((90 + y) * width + 120);
      const golden = expected.subarray(192 * y, 192 * (y + 1));
      expect(difference(hed.subarray(row, row + 192), golden).largest).toBeLessThan(1e-14);
    }
  }
});

const row = (data: Uint8Array) => ({ width: data.length / 3, height: 1, data });
const scale: Triple = [1.1, 0.8, 1.3];
const offset: Triple = [-0.01, 0.02, 0.005];

function movedInDoubles(rgb: Uint8Array): Float64Array {
  const light = new Float64Array(rgb.length);
  scalarRgbToHed(rgb, light);
  for (let i = 0; i < light.length; i++) light[i] = light[i] * scale[i % 3] + offset[i % 3];
  scalarHedToRgb(light, light);
  return light;
}

test("the kernels equal their float64 twins, whatever the size", () => {
  const rng = createRng("hed");
  for (const pixels of [1, 2, 3, 5, 257, 32_769, 40_001]) {
    const rgb = Uint8Array.from({ length: 3 * pixels }, () => rng.integer(256));
    const light = movedInDoubles(rgb);
    const few = pixels < 1000 ? 0.02 : 1e-3;
    const jittered = difference(
      jitterHed(row(rgb), scale, offset).data,
      Uint8Array.from(light, (v) => Math.min(255, 255 * v + 0.5)),
    );
    expect(jittered.largest).toBeLessThanOrEqual(1);
    expect(jittered.over[0]).toBeLessThan(few);
    if (pixels < 3) continue;
    const least = light.reduce((a, b) => Math.min(a, b));
    const most = light.reduce((a, b) => Math.max(a, b));
    const stretched = Uint8Array.from(light, (v) => (255 * (v - least)) / (most - least));
    const moved = difference(moveHed(row(rgb), { scale, offset }).data, stretched);
    expect(moved.largest).toBeLessThanOrEqual(1);
    expect(moved.over[0]).toBeLessThan(few);
    const densities = new Float64Array(rgb.length);
    scalarRgbToHed(rgb, densities);
    const { mean, std } = measureHed(rgb);
    for (let c = 0; c < 3; c++) {
      const channel = densities.filter((_, i) => i % 3 === c);
      const middle = channel.reduce((sum, v) => sum + v, 0) / pixels;
      expect(mean[c]).toBeCloseTo(middle, 6);
      expect(std[c]).toBeCloseTo(Math.sqrt(channel.reduce((sum, v) => sum + (v - middle) ** 2, 0) / pixels), 6);
    }
  }
});
