import { expect, test } from "vitest";
import { opticalDensityTable, transmittance } from "./optical-density.js";

test("the density of white is 0, and black counts as level 1", () => {
  const table = opticalDensityTable();
  expect(table[255]).toBe(0);
  expect(table[0]).toBe(table[1]);
  expect(table[1]).toBeCloseTo(Math.log(255), 14);
});

test("transmittance is exp(−density)", () => {
  for (let density = 0; density < 24; density += 0.00137) {
    expect(Math.abs(transmittance(density) / Math.exp(-density) - 1)).toBeLessThan(1e-8);
  }
  expect(transmittance(24)).toBe(0);
  expect(transmittance(1e12)).toBe(0);
});

test("bytes survive density and back", () => {
  opticalDensityTable().forEach((density, v) => {
    expect(Math.round(255 * transmittance(density))).toBe(Math.max(1, v));
  });
});
