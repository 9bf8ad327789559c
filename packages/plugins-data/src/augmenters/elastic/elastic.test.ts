import { createRng } from "@eosin/plugin-api";
import { describe, expect, it } from "vitest";
import { reserve } from "../kernels/augment-kernels.js";
import { formulaSample, soil } from "../testing/drawn-samples.test-support.js";
import { distance, plainWarp } from "../testing/plain-warp.test-support.js";
import { warpSample } from "../warp/warp-sample.js";
import { createElastic } from "./elastic.js";
import { elasticWarp } from "./elastic-warp.js";
import { elasticOptions } from "./options.js";
import { nodeSpacing, type SmoothField, smoothField } from "./smooth-field.js";
import { splineWeights } from "./spline-weights.js";

/** The field at a pixel, by its formula. */
function fieldAt({ nodes, columns }: SmoothField, spacing: number, x: number, y: number): number {
  const across = splineWeights((x % spacing) / spacing);
  const down = splineWeights((y % spacing) / spacing);
  const first = Math.floor(y / spacing) * columns + Math.floor(x / spacing);
  let sum = 0;
  for (let j = 0; j < 4; j++) for (let i = 0; i < 4; i++) sum += down[j] * across[i] * nodes[first + j * columns + i];
  return sum;
}

describe("the field", () => {
  it.each([1, 1.7, 4.2, 9])("has a deviation of 1 and the correlation of a Gaussian, sigma %f", (sigma) => {
    const spacing = nodeSpacing(sigma);
    let [squares, beside, near, count] = [0, 0, 0, 0];
    const lag = Math.round(2 * sigma);
    const step = Math.max(1, Math.round(sigma / 2));
    for (let key = 0; key < 40; key++) {
      const field = smoothField(120, 90, sigma, createRng("field", key));
      for (let y = 0; y < 90; y += 3) {
        for (let x = 0; x + lag < 120; x += 2) {
          const here = fieldAt(field, spacing, x, y);
          squares += here * here;
          beside += here * fieldAt(field, spacing, x + lag, y);
          near += here * fieldAt(field, spacing, x + step, y);
          count++;
        }
      }
    }
    expect(Math.abs(Math.sqrt(squares / count) - 1)).toBeLessThan(0.08);
    // Of white noise smoothed by a Gaussian: exp(−d² / 4σ²).
    expect(Math.abs(beside / squares - Math.exp((-lag * lag) / (4 * sigma * sigma)))).toBeLessThan(0.08);
    expect(Math.abs(near / squares - Math.exp((-step * step) / (4 * sigma * sigma)))).toBeLessThan(0.08);
  });

  it("spline weights add up to one and meet at the nodes", () => {
    for (const phase of [0, 0.2, 0.5, 0.9]) expect(splineWeights(phase).reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    expect(splineWeights(0).slice(0, 3)).toEqual(splineWeights(1).slice(1));
  });
});

describe("beside a plain float64 loop", () => {
  it.each([
    { sigma: 1, alpha: 0.7, width: 40, height: 30, window: { x: 0, y: 0, width: 40, height: 30 } },
    { sigma: 6.3, alpha: 5, width: 64, height: 50, window: { x: 0, y: 0, width: 64, height: 50 } },
    { sigma: 11, alpha: 9, width: 64, height: 50, window: { x: 31, y: 17, width: 33, height: 21 } },
    { sigma: 20, alpha: 60, width: 7, height: 5, window: { x: 0, y: 0, width: 7, height: 5 } },
    { sigma: 3, alpha: 2, width: 1, height: 1, window: { x: 0, y: 0, width: 1, height: 1 } },
  ])("sigma $sigma, alpha $alpha, $width × $height", ({ sigma, alpha, width, height, window }) => {
    const sample = formulaSample(width, height);
    const spacing = nodeSpacing(sigma);
    const rng = createRng("plain");
    const alongX = smoothField(window.width, window.height, sigma, rng);
    const alongY = smoothField(window.width, window.height, sigma, rng);
    const plain = plainWarp(sample, window.width, window.height, (x, y) => [
      window.x + x + alpha * fieldAt(alongX, spacing, x, y),
      window.y + y + alpha * fieldAt(alongY, spacing, x, y),
    ]);
    const warp = elasticWarp(alpha, sigma, window, createRng("plain"));
    soil(reserve({ all: 1 << 18 }).kernels.bytes);
    const { colours, labels, densities } = distance(warpSample(sample, warp), plain);
    // Displacements are in single precision.
    expect(colours).toBeLessThan(0.6);
    expect(labels).toBe(0);
    expect(densities).toBeLessThan(2e-3);
  });
});

describe("the component", () => {
  const sample = formulaSample(48, 36);

  it("hands the sample through where it does not apply, cropped where a window is asked for", () => {
    const never = createElastic(elasticOptions.parse({ p: 0 }));
    expect(never.apply(sample, createRng(1))).toBe(sample);
    const { image, mask, density } = never.applyWithin!(sample, { x: 4, y: 2, width: 9, height: 8 }, createRng(1));
    expect([image.width, image.height, mask!.data.length, density!.data.length]).toEqual([9, 8, 72, 144]);
    expect(image.data[0]).toBe(sample.image.data[3 * (2 * 48 + 4)]);
  });

  it("moves picture, mask and densities by the key alone, and without strength not at all", () => {
    const elastic = createElastic(elasticOptions.parse({ p: 1, alpha: [3, 3], sigma: [5, 8] }));
    const made = elastic.apply(sample, createRng(6));
    expect(made.image.data).not.toEqual(sample.image.data);
    expect(made.mask!.data).not.toEqual(sample.mask!.data);
    expect(made.density!.data).not.toEqual(sample.density!.data);
    const again = elastic.apply(sample, createRng(6));
    expect([again.image.data, again.mask, again.density]).toEqual([made.image.data, made.mask, made.density]);
    const none = createElastic(elasticOptions.parse({ p: 1, alpha: [0, 0] })).apply(sample, createRng(6));
    expect([none.image.data, none.mask, none.density]).toEqual([sample.image.data, sample.mask, sample.density]);
  });
});
