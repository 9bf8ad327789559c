import { createEngineProvider } from "@eosin/engine";
import type { Tensor4D } from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { countOverlap, diceOf, iouOf, meanDice } from "./overlap.js";

const provider = createEngineProvider();
const { identity } = await provider.choose({ name: "cpu", precision: "float32", threads: 1 });
const { tf } = await provider.open(identity);

const patches = (...values: readonly (readonly number[])[]): Tensor4D =>
  tf.tensor4d(values.flat(), [values.length, 2, 2, 1]);

test("counts per patch, and takes an empty mask predicted empty as 1", async () => {
  const logits = patches([3, 0.1, -2, 0], [-1, -1, -1, -1], [5, -5, -5, -5]);
  const mask = patches([1, 0, 1, 1], [0, 0, 0, 0], [0, 0, 0, 0]);
  const { predicted, truth, both } = countOverlap(tf, logits, { mask });
  expect([...(await predicted.data())]).toEqual([2, 0, 1]);
  expect([...(await truth.data())]).toEqual([3, 0, 0]);
  expect([...(await both.data())]).toEqual([1, 0, 0]);
  const dice = (await meanDice(tf, { predicted, truth, both }).data())[0];
  expect(dice).toBeCloseTo((diceOf(2, 3, 1) + diceOf(0, 0, 0) + diceOf(1, 0, 0)) / 3, 5);
});

test("ignored pixels count neither as predicted nor as true", async () => {
  const logits = patches([3, 2, 1, -1], [4, 4, 4, 4]);
  const mask = patches([1, 0, 0, 1], [0, 0, 0, 0]);
  const valid = patches([1, 0, 1, 1], [0, 0, 0, 0]);
  const counts = countOverlap(tf, logits, { mask, valid });
  expect([...(await counts.predicted.data())]).toEqual([2, 0]);
  expect([...(await counts.truth.data())]).toEqual([2, 0]);
  expect([...(await counts.both.data())]).toEqual([1, 0]);
  // The second patch has no Dice: it adds nothing to the sum that the mean is made of.
  expect((await meanDice(tf, counts, valid).data())[0]).toBeCloseTo(diceOf(2, 2, 1) / 2, 5);
});

test("of several classes, the same class must be both predicted and true", async () => {
  const [background, first, second] = [
    [2, 0, 1],
    [0, 3, -1],
    [-1, 0, 4],
  ];
  const logits = tf.tensor4d([first, first, second, background, second, second, second, second].flat(), [2, 2, 2, 3]);
  const mask = patches([1, 2, 2, 1], [0, 2, 0, 0]);
  const valid = patches([1, 1, 1, 1], [0, 1, 1, 0]);
  const counts = countOverlap(tf, logits, { mask, valid });
  expect([...(await counts.predicted.data())]).toEqual([3, 2]);
  expect([...(await counts.truth.data())]).toEqual([4, 1]);
  expect([...(await counts.both.data())]).toEqual([2, 1]);
});

test("Dice and IoU from counts", () => {
  expect([diceOf(2, 3, 1), diceOf(0, 0, 0), diceOf(1, 0, 0)]).toEqual([0.4, 1, 0]);
  expect([iouOf(2, 3, 1), iouOf(0, 0, 0), iouOf(1, 0, 0)]).toEqual([0.25, 1, 0]);
});
