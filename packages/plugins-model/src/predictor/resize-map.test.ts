import { expect, test } from "vitest";
import { resizeMap } from "./resize-map.js";

test("has half-pixel centres and repeats borders", () => {
  const row = resizeMap(Float32Array.of(0, 1), { width: 2, height: 1 }, { width: 4, height: 1 });
  expect([...row]).toEqual([0, 0.25, 0.75, 1]);
  const column = resizeMap(Float32Array.of(0, 1), { width: 1, height: 2 }, { width: 1, height: 4 });
  expect([...column]).toEqual([0, 0.25, 0.75, 1]);
});

test("keeps channels apart and gives the map itself where the size is the same", () => {
  const size = { width: 2, height: 1 };
  const map = Float32Array.of(0, 8, 1, 4);
  expect([...resizeMap(map, size, { width: 4, height: 1 }, 2)]).toEqual([0, 8, 0.25, 7, 0.75, 5, 1, 4]);
  expect(resizeMap(map, size, size, 2)).toBe(map);
});

test("a linear ramp stays linear inside", () => {
  const ramp = Float32Array.from({ length: 8 }, (_, x) => x + 0.5);
  const wide = resizeMap(ramp, { width: 8, height: 1 }, { width: 20, height: 1 });
  for (let x = 2; x < 18; x++) expect(wide[x]).toBeCloseTo(((x + 0.5) * 8) / 20, 5);
});
