import { expect, test } from "vitest";
import { nearestName } from "./nearest-name.js";

test.each([
  ["model/trainr", "model/trainer"],
  ["wiht", "with"],
  ["hed-jitter", "stain/hed-jitter"],
  ["augment/hed-jitter", "stain/hed-jitter"],
  ["WITH", "with"],
  ["zebra", undefined],
  ["x", undefined],
])("%s → %s", (name, expected) => {
  expect(nearestName(name, ["with", "model/trainer", "stain/hed-jitter"])).toBe(expected);
});
