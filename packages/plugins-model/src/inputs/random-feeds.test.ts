import { createEngineProvider } from "@eosin/engine";
import { createRng } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { evaluationContext, RandomFeeds } from "./random-feeds.js";

const provider = createEngineProvider();
const { identity } = await provider.choose({ name: "cpu", precision: "float32", threads: 1 });
const { tf } = await provider.open(identity);

function recorded(): RandomFeeds {
  const feeds = new RandomFeeds();
  const context = feeds.recorder(tf, 4);
  expect(context.training).toBe(true);
  expect(context.random("drop-connect/3", [4, 1, 1, 1]).shape).toEqual([4, 1, 1, 1]);
  context.random("noise", [7]);
  return feeds;
}

test("a sample keeps its numbers however the batch is split", () => {
  const feeds = recorded();
  const whole = feeds.draw(createRng("step", 5), 0, 6)["random/drop-connect/3"];
  const part = feeds.draw(createRng("step", 5), 2, 4)["random/drop-connect/3"];
  expect(whole.shape).toEqual([6, 1, 1, 1]);
  expect(part.shape).toEqual([2, 1, 1, 1]);
  expect([...part.data]).toEqual([...whole.data].slice(2, 4));
  expect(new Set(whole.data).size).toBe(6);
  for (const value of whole.data) expect(value >= 0 && value < 1).toBe(true);
});

test("tensors that are not per sample keep their shape; steps differ", () => {
  const feeds = recorded();
  const [first, again, second] = [5, 5, 6].map((step) => feeds.draw(createRng("step", step), 0, 2)["random/noise"]);
  expect(first.shape).toEqual([7]);
  expect(again).toEqual(first);
  expect(second.data).not.toEqual(first.data);
});

test("the network gets what was fed; asking for more, or outside training, is a fault", () => {
  const fed = tf.tensor1d([1, 2]);
  const context = RandomFeeds.context({ "random/noise": fed });
  expect(context.random("noise", [2])).toBe(fed);
  expect(() => context.random("other", [2])).toThrow(/other/);
  expect(() => evaluationContext.random("noise", [2])).toThrow(/outside training/);
});
