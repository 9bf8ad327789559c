import { describe, expect, it } from "vitest";
import { reflectedPosition, windowStarts } from "./windows.js";

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

it("reflection goes on without repeating the border, however far", () => {
  expect(numbers(13).map((i) => reflectedPosition(i - 5, 3))).toEqual([1, 0, 1, 2, 1, 0, 1, 2, 1, 0, 1, 2, 1]);
  expect(numbers(5).map((i) => reflectedPosition(i - 2, 1))).toEqual([0, 0, 0, 0, 0]);
  expect(numbers(6).map((i) => reflectedPosition(i - 2, 2))).toEqual([0, 1, 0, 1, 0, 1]);
});

describe("windows", () => {
  it.each([
    [8, 8, 0, [0]],
    [9, 8, 0, [0, 1]],
    [16, 8, 0, [0, 8]],
    [20, 8, 0, [0, 6, 12]],
    [5, 8, 0, [-2]],
    [384, 256, 0.5, [0, 128]],
    [385, 256, 0.5, [0, 65, 129]],
    [512, 256, 0.5, [0, 128, 256]],
    [10, 1, 0.9, numbers(10)],
  ])("cover %i by %i with an overlap of %f", (length, window, overlap, expected) => {
    expect(windowStarts(length, window, overlap)).toEqual(expected);
  });

  it("overlap as much as asked for, and cover all", () => {
    for (let length = 1; length < 300; length += 7) {
      const starts = windowStarts(length, 32, 0.5);
      expect(starts[0]).toBeLessThanOrEqual(0);
      expect((starts.at(-1) as number) + 32).toBeGreaterThanOrEqual(length);
      for (const [i, start] of starts.slice(1).entries()) expect(start - starts[i]).toBeLessThanOrEqual(16);
    }
  });
});
