import { expect, it } from "vitest";
import { messageOf } from "./message-of.js";

it.each([
  [new TypeError("no number"), "no number"],
  ["a text", "a text"],
  [7, "7"],
  [undefined, "undefined"],
])("%s", (cause, words) => {
  expect(messageOf(cause)).toBe(words);
});
