import { expect, test } from "vitest";
import { STAINS } from "../testing/patches.test-support.js";
import { perturbStain } from "./stain-colour.js";
import { angleBetween } from "./stain-matrix.js";

test("factors of 1 change nothing", () => {
  for (const stain of STAINS) expect(angleBetween(perturbStain(stain, 1, 1), stain)).toBeLessThan(1e-5);
});

test("without saturation a stain is grey", () => {
  const [r, g, b] = perturbStain(STAINS[0], 0, 1);
  expect(r).toBeCloseTo(Math.sqrt(1 / 3), 10);
  expect(g).toBeCloseTo(r, 10);
  expect(b).toBeCloseTo(r, 10);
});

test.each([
  [0, 0],
  [0, 100],
  [100, 0],
  [100, 100],
  [1, 100],
])("saturation × %d, value × %d: unit length, no negative entry", (saturation, value) => {
  for (const stain of STAINS) {
    const perturbed = perturbStain(stain, saturation, value);
    expect(Math.hypot(...perturbed)).toBeCloseTo(1, 10);
    expect(Math.min(...perturbed)).toBeGreaterThanOrEqual(0);
  }
});
