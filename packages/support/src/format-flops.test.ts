import { expect, it } from "vitest";
import { formatFlops } from "./format-flops.js";

it.each([
  [0, "0 FLOP"],
  [12_345, "12.3 kFLOP"],
  [4e6, "4 MFLOP"],
  [5.594e9, "5.59 GFLOP"],
  [999.4e9, "999 GFLOP"],
  [999.9e9, "1 TFLOP"],
  [1.15e13, "11.5 TFLOP"],
  [4.9e16, "49 PFLOP"],
  [4.9e18, "4900 PFLOP"],
])("%d operations are %s", (flops, text) => expect(formatFlops(flops)).toBe(text));
