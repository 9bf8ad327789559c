import { expect, it } from "vitest";
import { crc32, crc32ByTable } from "./crc32.js";

it.each([
  ["Node's or ours", crc32],
  ["by the table", crc32ByTable],
])("%s is that of the standard, in pieces too", (_, crc) => {
  const bytes = Buffer.from("123456789");
  expect(crc(bytes, 0)).toBe(0xcbf43926);
  expect(crc(bytes.subarray(4), crc(bytes.subarray(0, 4), 0))).toBe(0xcbf43926);
  expect(crc(Buffer.alloc(0), 0)).toBe(0);
  expect(crc(Buffer.alloc(4, 0xff), 0)).toBe(0xffffffff);
});
