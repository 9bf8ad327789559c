import { expect, it } from "vitest";
import { reflected } from "../reflected.js";
import { sourceSpan } from "./source-span.js";

it("the reflection repeats the edge's pixel, however far it goes", () => {
  const letters = Array.from({ length: 16 }, (_, i) => "abcd"[reflected(i - 6, 4)]).join("");
  expect(letters).toBe("cddcbaabcddcbaab");
  expect([-3, -1, 0, 1, 7].map((i) => reflected(i, 1))).toEqual([0, 0, 0, 0, 0]);
});

it("a span has every pixel that is needed, and where nothing is reflected no other", () => {
  for (let size = 1; size < 9; size++) {
    for (let low = -2.5 * size; low < 2.5 * size; low += 0.37) {
      for (const length of [0, 0.5, 1, 3.3, 2 * size]) {
        const { first, last } = sourceSpan(low, low + length, size);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(last).toBeLessThan(size);
        for (let i = Math.floor(low); i <= Math.floor(low + length) + 1; i++) {
          expect(reflected(i, size)).toBeGreaterThanOrEqual(first);
          expect(reflected(i, size)).toBeLessThanOrEqual(last);
        }
      }
    }
  }
  expect(sourceSpan(10.2, 20.4, 100)).toEqual({ first: 10, last: 21 });
  expect(sourceSpan(-3.5, 20.4, 100)).toEqual({ first: 0, last: 21 });
});
