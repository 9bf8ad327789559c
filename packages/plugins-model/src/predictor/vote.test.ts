import { expect, test } from "vitest";
import type { ImagePredictor, StackPrediction } from "./image-predictor.js";
import { vote } from "./vote.js";

const shape = { count: 1, height: 1, width: 2 };
const calls: string[] = [];
function member(name: string, says: StackPrediction): ImagePredictor {
  return {
    predict: async () => says,
    adapt: async () => void calls.push(`adapt ${name}`),
    restore: () => void calls.push(`restore ${name}`),
    dispose: () => void calls.push(`dispose ${name}`),
  };
}
const of = (logits: readonly number[], density?: readonly number[]): StackPrediction => ({
  logits: Float32Array.from(logits),
  ...(density && { density: Float32Array.from(density) }),
  stains: density ? density.length / 2 : 0,
});

test("logits and densities are averaged", async () => {
  const voting = vote([
    member("a", of([1, -2], [1, 2])),
    member("b", of([2, 4], [3, 6])),
    member("c", of([0, 4], [5, 1])),
  ]);
  expect(await voting.predict(new Uint8Array(6), shape)).toEqual(of([1, 2], [3, 3]));
});

test("densities that not all have, or of other stains, are nobody's", async () => {
  const [two, one, none] = [of([1, 1], [1, 2, 3, 4]), of([1, 1], [1, 2]), of([1, 1])];
  for (const pair of [
    [two, one],
    [two, none],
    [none, two],
  ]) {
    const voting = vote(pair.map((says) => member("x", says)));
    expect(await voting.predict(new Uint8Array(6), shape)).toEqual(of([1, 1]));
  }
});

test("presence is averaged where all say it", async () => {
  const sure = (logit: number) => ({ ...of([1, 1]), presence: Float32Array.of(logit) });
  const voting = vote([member("a", sure(1)), member("b", sure(2))]);
  expect((await voting.predict(new Uint8Array(6), shape)).presence).toEqual(Float32Array.of(1.5));
  for (const pair of [
    [sure(1), of([1, 1])],
    [of([1, 1]), sure(1), sure(1)],
  ]) {
    const some = vote(pair.map((says) => member("x", says)));
    expect(await some.predict(new Uint8Array(6), shape)).not.toHaveProperty("presence");
  }
});

test("one alone is itself; of several all are told", async () => {
  const alone = member("a", of([1, 2]));
  expect(vote([alone])).toBe(alone);
  const voting = vote([alone, member("b", of([1, 2]))]);
  await voting.adapt(() => expect.fail("read by nobody"), 0.5);
  voting.restore();
  voting.dispose();
  expect(calls).toEqual(["adapt a", "adapt b", "restore a", "restore b", "dispose a", "dispose b"]);
});
