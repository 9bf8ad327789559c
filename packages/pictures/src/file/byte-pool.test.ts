import { expect, test } from "vitest";
import { giveBytesBack, takeBytes } from "./byte-pool.js";

test("memory that was given back serves the next that it is large enough for, and only one at a time", () => {
  const first = takeBytes(100_000);
  expect(first).toHaveLength(100_000);
  giveBytesBack(first);
  const larger = takeBytes(200_000);
  expect(larger.buffer).not.toBe(first.buffer);
  const smaller = takeBytes(70_000);
  expect(smaller.buffer).toBe(first.buffer);
  expect(smaller).toHaveLength(70_000);
  expect(takeBytes(70_000).buffer).not.toBe(first.buffer);
  expect(takeBytes(0)).toHaveLength(0);
});

test("memory of others, and what was given back already, is not handed out", () => {
  const other = Buffer.allocUnsafeSlow(2 ** 16);
  giveBytesBack(other);
  const mine = takeBytes(10);
  giveBytesBack(mine);
  giveBytesBack(mine);
  const [one, two, three] = [takeBytes(10), takeBytes(10), takeBytes(10)];
  expect(new Set([one, two, three].map(({ buffer }) => buffer)).size).toBe(3);
  expect([one, two, three].map(({ buffer }) => buffer)).not.toContain(other.buffer);
});

test("what is kept is bounded", () => {
  const large = takeBytes(2 ** 20 + 1);
  giveBytesBack(large);
  expect(takeBytes(2 ** 20 + 1).buffer).not.toBe(large.buffer);
  const taken = Array.from({ length: 6 }, () => takeBytes(2 ** 20));
  for (const each of taken) giveBytesBack(each);
  const again = Array.from({ length: 6 }, () => takeBytes(2 ** 20));
  const kept = again.filter(({ buffer }) => taken.some((each) => each.buffer === buffer));
  expect(kept.length).toBeLessThanOrEqual(4);
});
