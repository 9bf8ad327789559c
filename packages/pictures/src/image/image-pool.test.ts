import { expect, test } from "vitest";
import { takeImage } from "./image-pool.js";

test("a released image's memory serves the next of its size, and only that", () => {
  const first = takeImage(5, 4);
  const second = takeImage(5, 4);
  expect(second.data).not.toBe(first.data);
  first.release?.();
  first.release?.();
  expect(takeImage(4, 4).data).not.toBe(first.data);
  const third = takeImage(4, 5);
  expect(third.data).toBe(first.data);
  expect(takeImage(5, 4).data).not.toBe(first.data);
  expect(third).toMatchObject({ width: 4, height: 5 });
});

test("what is kept is bounded", () => {
  const large = Array.from({ length: 3 }, () => takeImage(4096, 2048));
  for (const image of large) image.release?.();
  const kept = large.map(() => takeImage(4096, 2048)).filter(({ data }) => large.some((image) => image.data === data));
  expect(kept).toHaveLength(1);
});
