import { expect, it } from "vitest";
import { reserve } from "./augment-kernels.js";

it("blocks are apart, with room for what kernels write past their ends", () => {
  const { at, kernels } = reserve({ first: 5, none: 0, second: 33 });
  expect([at.first % 16, at.none % 16, at.second % 16]).toEqual([0, 0, 0]);
  expect(at.none - at.first).toBeGreaterThanOrEqual(5 + 48);
  expect(at.second - at.none).toBeGreaterThanOrEqual(48);
  expect(kernels.bytes.length).toBeGreaterThanOrEqual(at.second + 33 + 48);
});

it("memory grows with what is asked for, and the views are of all of it", () => {
  const bytes = 9 * 2 ** 20;
  const { at, kernels } = reserve({ large: bytes });
  kernels.bytes[at.large + bytes - 1] = 7;
  kernels.floats[(at.large >> 2) + 1] = 0.5;
  expect(kernels.bytes[at.large + bytes - 1]).toBe(7);
  expect(kernels.words[(at.large >> 2) + 1]).toBe(0x3f000000);
  expect(reserve({ small: 1 }).kernels.bytes.length).toBeGreaterThanOrEqual(bytes);
});

it("a thread does not keep the memory of a whole slide", () => {
  const slide = 70 * 2 ** 20;
  expect(reserve({ slide }).kernels.bytes.length).toBeGreaterThan(slide);
  expect(reserve({ patch: 1000 }).kernels.bytes.length).toBeLessThan(slide);
});
