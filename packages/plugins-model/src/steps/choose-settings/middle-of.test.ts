import { expect, test } from "vitest";
import { middleOf } from "./middle-of.js";

const middle = (...points: readonly (readonly number[])[]) => middleOf(points, (point) => point);

test("is near the mean of all, by the range that each coordinate spans", () => {
  expect(middle([0.1], [0.2], [0.3])).toEqual([0.2]);
  expect(middle([0, 0], [0, 100], [1, 50], [0.4, 50])).toEqual([0.4, 50]);
  // Without their ranges the large numbers would decide.
  expect(middle([0, 0], [0.5, 1000], [1, 600], [0.5, 0], [0, 400])).toEqual([0, 400]);
});

test("of one it is that one, of two as near the first", () => {
  expect(middle([3, 4])).toEqual([3, 4]);
  expect(middle([0, 7], [1, 7])).toEqual([0, 7]);
});
