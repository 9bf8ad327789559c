import { reflectedPosition } from "@eosin/support/windows";
import { expect, it } from "vitest";
import { sourceSpan } from "./source-span.js";

it("a span has every pixel that is needed, and where nothing is reflected no other", () => {
  for (let size = 1; size < 9; size++) {
    for (let low = -2.5 * size; low < 2.5 * size; low += 0.37) {
      for (const length of [0, 0.5, 1, 3.3, 2 * size]) {
        const { first, last } = sourceSpan(low, low + length, size);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(last).toBeLessThan(size);
        for (let i = Math.floor(low); i <= Math.floor(low + length) + 1; i++) {
          expect(reflectedPosition(i, size)).toBeGreaterThanOrEqual(first);
          expect(reflectedPosition(i, size)).toBeLessThanOrEqual(last);
        }
      }
    }
  }
  expect(sourceSpan(10.2, 20.4, 100)).toEqual({ first: 10, last: 21 });
  expect(sourceSpan(-3.5, 20.4, 100)).toEqual({ first: 0, last: 21 });
});
