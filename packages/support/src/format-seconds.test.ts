import { expect, it } from "vitest";
import { formatSeconds } from "./format-seconds.js";

it.each([
  [0.44, "0.4 s"],
  [59.4, "59 s"],
  [200, "3 min 20 s"],
  [3900, "1 h 5 min"],
])("%d seconds are %s", (seconds, text) => expect(formatSeconds(seconds)).toBe(text));
