import { expect, test } from "vitest";
import { clippedOpticalDensity, opticalDensityTable } from "./optical-density.js";

test("the density of white is 0, and black counts as level 1", () => {
  const table = opticalDensityTable();
  expect(table[255]).toBe(0);
  expect(table[0]).toBe(table[1]);
  expect(table[1]).toBeCloseTo(Math.log(255), 14);
});

test("clipped, white keeps a trace", () => {
  expect(clippedOpticalDensity[255]).toBe(1e-6);
  expect(clippedOpticalDensity[254]).toBe(opticalDensityTable()[254]);
});
