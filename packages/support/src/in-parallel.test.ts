import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { inParallel } from "./in-parallel.js";

it("gives results in the order of the items, whichever ends first", async () => {
  const results = await inParallel([30, 1, 15], 3, async (ms, index) => {
    await sleep(ms);
    return `${index}: ${ms}`;
  });
  expect(results).toEqual(["0: 30", "1: 1", "2: 15"]);
});

it.each([1, 3, 100])("has at most %d calls under way, and as many as that where there is work", async (width) => {
  let [running, most] = [0, 0];
  await inParallel(
    Array.from({ length: 12 }, (_, index) => index),
    width,
    async () => {
      most = Math.max(most, ++running);
      await sleep(1);
      running--;
    },
  );
  expect(most).toBe(Math.min(width, 12));
});

it("begins nothing after a failure, and waits for what is under way", async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  const failing = inParallel([0, 1, 2, 3, 4], 2, async (item) => {
    begun.push(item);
    await sleep(item === 0 ? 1 : 20);
    if (item === 0) throw new Error("the first");
    ended.push(item);
  });
  await expect(failing).rejects.toThrow("the first");
  expect(begun).toEqual([0, 1]);
  expect(ended).toEqual([1]);
});

it("throws the first of several failures, also where work throws at once", async () => {
  const failing = inParallel([20, 1], 2, async (ms) => {
    await sleep(ms);
    throw new Error(`after ${ms}`);
  });
  await expect(failing).rejects.toThrow("after 1");
  const thrown = inParallel([1], 1, () => {
    throw new Error("no promise");
  });
  await expect(thrown).rejects.toThrow("no promise");
});

it("of nothing is nothing", async () => {
  expect(await inParallel([], 4, async () => 1)).toEqual([]);
});

it.each([0, -1, Number.NaN])("refuses a width of %d", async (width) => {
  await expect(inParallel([1], width, async () => 1)).rejects.toThrow(RangeError);
});
