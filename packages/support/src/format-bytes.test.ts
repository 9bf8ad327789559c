import { expect, it } from "vitest";
import { formatBytes } from "./format-bytes.js";

it.each([
  [0, "0 B"],
  [188.1, "188 B"],
  [1023, "1023 B"],
  [1024, "1 KiB"],
  [1536, "1.5 KiB"],
  [0.9 * 2 ** 20, "922 KiB"],
  [15.64 * 2 ** 30, "15.6 GiB"],
  [99.94 * 2 ** 30, "99.9 GiB"],
  [99.96 * 2 ** 30, "100 GiB"],
  [125 * 2 ** 30, "125 GiB"],
  [1023.4 * 2 ** 20, "1023 MiB"],
  [2 ** 30 - 1, "1 GiB"],
  [3 * 2 ** 50, "3072 TiB"],
])("%d bytes are %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text));
