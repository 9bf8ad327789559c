import { createRng, type JsonValue } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { buildAugmenter, sampleOf, stream } from "../../testing/build.test-support.js";
import { drawPatch } from "../../testing/patches.test-support.js";
import { Broadcast } from "./broadcast.js";
import { oneOfOptions } from "./options.js";

const samples = [1, 2, 3].map((seed) => sampleOf(drawPatch(32, 32, undefined, seed), `patch-${seed}`));
const mixture = {
  choices: [
    { p: 0.25, uses: "stain/randstainna" },
    { p: 0.25, uses: "stain/grey" },
  ],
};

test("each choice is made with its probability, the rest leaves the sample alone", async () => {
  const fitted = await buildAugmenter("stain/one-of", mixture);
  const state = await fitted.it.fit?.(stream(samples));
  const { it } = await buildAugmenter("stain/one-of", mixture, state);
  const counts = { unchanged: 0, grey: 0, other: 0 };
  for (let key = 0; key < 2000; key++) {
    const out = it.apply(samples[0], createRng(key));
    const { data } = out.image;
    if (out === samples[0]) counts.unchanged++;
    else if (data.every((v, i) => v === data[i - (i % 3)])) counts.grey++;
    else counts.other++;
  }
  expect(Math.abs(counts.unchanged / 2000 - 0.5)).toBeLessThan(0.04);
  expect(Math.abs(counts.grey / 2000 - 0.25)).toBeLessThan(0.04);
  expect(Math.abs(counts.other / 2000 - 0.25)).toBeLessThan(0.04);
});

test("fit gives each choice its state, from one pass over the samples", async () => {
  const choices = [
    { p: 0.2, uses: "stain/randstainna" },
    { p: 0.2, uses: "stain/grey" },
    { p: 0.2, uses: "stain/randstainna", with: { colourSpace: "hsv" } },
  ];
  const { it } = await buildAugmenter("stain/one-of", { choices });
  const state = (await it.fit?.(stream(samples))) as JsonValue[];
  const alone = async (options: object) =>
    (await buildAugmenter("stain/randstainna", options)).it.fit?.(stream(samples));
  expect(state).toEqual([await alone({}), null, await alone({ colourSpace: "hsv" })]);
});

test("what a choice does to a sample does not depend on the other choices", async () => {
  const grey = { p: 1, uses: "stain/hed-jitter" };
  const { it: alone } = await buildAugmenter("stain/one-of", { choices: [grey] });
  const { it: behind } = await buildAugmenter("stain/one-of", { choices: [{ p: 0, uses: "stain/grey" }, grey] });
  for (const key of [1, 2, 3]) {
    expect(behind.apply(samples[0], createRng(key)).image.data).toEqual(
      alone.apply(samples[0], createRng(key)).image.data,
    );
  }
});

test("nothing to learn: no fit", async () => {
  const { it } = await buildAugmenter("stain/one-of", { choices: [{ p: 1, uses: "stain/grey" }] });
  expect(it.fit).toBeUndefined();
});

test("one-of nests", async () => {
  const nested = { choices: [{ p: 1, uses: "stain/one-of", with: mixture }] };
  const state = await (await buildAugmenter("stain/one-of", nested)).it.fit?.(stream(samples));
  const { it } = await buildAugmenter("stain/one-of", nested, state);
  const outputs = Array.from({ length: 40 }, (_, key) => it.apply(samples[0], createRng(key)));
  expect(outputs.some((out) => out !== samples[0])).toBe(true);
});

test("probabilities above 1 together are refused", () => {
  const choices = [
    { p: 0.6, uses: "stain/grey" },
    { p: 0.6, uses: "stain/grey" },
  ];
  expect(oneOfOptions.safeParse({ choices }).success).toBe(false);
});

test("a fault of one fit ends them all with that fault", async () => {
  const { it } = await buildAugmenter("stain/one-of", {
    choices: [
      { p: 0.5, uses: "stain/randstainna" },
      { p: 0.5, uses: "stain/randstainna" },
    ],
  });
  async function* broken() {
    yield samples[0];
    throw new Error("the disk is gone");
  }
  await expect(it.fit?.(broken())).rejects.toThrow("the disk is gone");
});

test("a reader that leaves early does not hold up the others", async () => {
  let pulled = 0;
  async function* counted() {
    for (let i = 0; i < 5; i++) {
      pulled++;
      yield i;
    }
  }
  const broadcast = new Broadcast(counted(), 2);
  const read = async (limit: number) => {
    const seen: number[] = [];
    for await (const item of broadcast.reader()) {
      seen.push(item);
      if (seen.length === limit) break;
    }
    await broadcast.leave();
    return seen;
  };
  expect(await Promise.all([read(2), read(99)])).toEqual([
    [0, 1],
    [0, 1, 2, 3, 4],
  ]);
  expect(pulled).toBe(5);
});
