import { openEngine } from "@eosin/engine";
import { createRng } from "@eosin/plugin-api";
import type { ForwardContext } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";
import { dropout } from "./dropout.js";
import { ParameterStore } from "./parameter-store.js";

const engine = await openEngine({ name: "cpu", version: "test", precision: "float32", threads: 1, device: "cpu" });
const store = new ParameterStore(engine, createRng(1));
const x = engine.tf.ones([1, 1, 2, 4]) as tfc.Tensor4D;

const training = (values: readonly number[]): ForwardContext => ({
  training: true,
  random: (name, shape) => {
    expect(name).toBe("part.dropout");
    return engine.tf.tensor([...values], [...shape]);
  },
});

it("zeroes values whose number is below the probability, and scales the others up", async () => {
  const drawn = [0.1, 0.24, 0.25, 0.9, 0.5, 0, 0.3, 0.7];
  const y = await dropout(store, "part", 0.25, "values")(x, training(drawn)).data();
  expect([...y].map((value) => value.toFixed(4))).toEqual(
    [0, 0, 4 / 3, 4 / 3, 4 / 3, 0, 4 / 3, 4 / 3].map((value) => value.toFixed(4)),
  );
});

it("zeroes a channel at every pixel", async () => {
  const y = await dropout(store, "part", 0.5, "channels")(x, training([0.1, 0.6, 0.4, 0.9])).data();
  expect([...y]).toEqual([0, 2, 0, 2, 0, 2, 0, 2]);
});

it("leaves everything as it is outside training, and where the probability is 0", () => {
  const random = () => expect.fail("drew without need");
  expect(dropout(store, "part", 0.5, "values")(x, { training: false, random })).toBe(x);
  expect(dropout(store, "part", 0, "values")(x, { training: true, random })).toBe(x);
});
