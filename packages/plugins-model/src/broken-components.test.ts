import { openEngine } from "@eosin/engine";
import { noOptions } from "@eosin/plugin-api";
import {
  defineLoss,
  defineNetwork,
  defineOptimizer,
  type Engine,
  type Loss,
  type Network,
} from "@eosin/plugin-api/learning";
import { checkLoss, checkNetwork, checkOptimizer } from "@eosin/plugin-api/testing";
import type * as tfc from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";

/** The testkit's checks of what tensors compute, on components that are wrong in one way each. */
let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ name: "cpu", version: "test", precision: "float32", threads: 1, device: "cpu" });
});

const squaredError: Loss = {
  needs: ["mask"],
  needsDensity: false,
  batchCoupled: false,
  compute(tf, { mask }, batch) {
    const squares = tf.square(tf.sub(mask, batch.mask));
    const { valid } = batch;
    const total = (
      valid ? tf.div(tf.sum(tf.mul(squares, valid)), tf.maximum(tf.sum(valid), 1)) : tf.mean(squares)
    ) as tfc.Scalar;
    return { total, terms: { total } };
  },
};

const lossOf = (changes: Partial<Loss>) =>
  defineLoss({
    type: "toy/loss",
    summary: "A toy.",
    options: noOptions,
    create: () => ({ ...squaredError, ...changes }),
  });

it("passes a loss that is right", async () => {
  expect((await checkLoss(lossOf({}), { engine })).checks).toHaveLength(12);
});

const scaledGradient: Loss["compute"] = (tf, { mask }, batch) => {
  const wrong = tf.customGrad((x, save) => {
    (save as (tensors: tfc.Tensor[]) => void)([x as tfc.Tensor]);
    return {
      value: tf.square(x as tfc.Tensor),
      gradFunc: (dy, saved) => tf.mul(dy, (saved as tfc.Tensor[])[0]) as tfc.Tensor,
    };
  });
  const total = tf.mean(wrong(tf.sub(mask, batch.mask))) as tfc.Scalar;
  return { total, terms: { total } };
};

it.each<[string, Partial<Loss>, RegExp]>([
  ["has half the gradient", { compute: scaledGradient }, /finite differences/],
  ["says that micro-batches change it", { batchCoupled: true }, /batchCoupled/],
  [
    "reads densities that it does not ask for",
    { compute: (tf, outputs, batch) => squaredError.compute(tf, outputs, { ...batch, mask: batch.density! }) },
    /needsDensity/,
  ],
  [
    "takes pixels whose label is ignored for background",
    { compute: (tf, outputs, { valid: _, ...batch }) => squaredError.compute(tf, outputs, batch) },
    /label is ignored/,
  ],
  [
    "divides by the number of pixels that count, even where it is 0",
    {
      compute(tf, { mask }, batch) {
        const valid = batch.valid ?? tf.onesLike(mask);
        const squares = tf.mul(tf.square(tf.sub(mask, batch.mask)), valid);
        const total = tf.div(tf.sum(squares), tf.sum(valid)) as tfc.Scalar;
        return { total, terms: { total } };
      },
    },
    /label is ignored/,
  ],
  [
    "overflows",
    {
      compute(tf, { mask }, batch) {
        const total = tf.mean(tf.log(tf.sum(tf.exp(tf.sub(mask, batch.mask)), 3))) as tfc.Scalar;
        return { total, terms: { total } };
      },
    },
    /logits are extreme/,
  ],
])("catches a loss that %s", async (_, changes, promise) => {
  await expect(checkLoss(lossOf(changes), { engine })).rejects.toMatchObject({
    code: "CHECK_FAILED",
    message: expect.stringMatching(promise),
  });
});

/** One convolution. @param changes What is wrong with it. */
function networkOf(changes: {
  weight?: () => number;
  idle?: boolean;
  forward?: (engine: Engine, mask: tfc.Tensor4D) => tfc.Tensor4D;
  keeps?: boolean;
}) {
  return defineNetwork({
    type: "toy/network",
    summary: "A toy.",
    options: noOptions,
    create: () => ({
      title: "toy",
      async build(with_, rng) {
        const { tf, ops } = with_;
        const draw = rng.fork("weight");
        const make = (name: string) => ({
          name,
          variable: tf.tidy(() =>
            tf.variable(tf.tensor4d(Array.from({ length: 27 }, changes.weight ?? (() => draw.normal())), [3, 3, 3, 1])),
          ),
          trainable: true,
          layout: "conv" as const,
        });
        const parameters = new Map(["weight", ...(changes.idle ? ["idle"] : [])].map((name) => [name, make(name)]));
        const network: Network = {
          parameters,
          stride: 1,
          separatesStains: false,
          forward: (image) => {
            const filter = parameters.get("weight")!.variable as unknown as tfc.Tensor4D;
            const mask = ops.conv2d(image, filter, { stride: 1, padding: [1, 1, 1, 1] });
            return { mask: changes.forward ? changes.forward(with_, mask) : mask };
          },
          dispose: () => {
            if (!changes.keeps) for (const { variable } of parameters.values()) variable.dispose();
          },
        };
        return network;
      },
    }),
  });
}

it("passes a network that is right", async () => {
  expect((await checkNetwork(networkOf({}), { engine })).checks).toHaveLength(10);
});

it.each([
  ["draws its weights elsewhere", networkOf({ weight: Math.random }), /rng's key/],
  ["ignores its rng", networkOf({ weight: () => 0.5 }), /rng's key/],
  ["halves the mask", networkOf({ forward: ({ tf }, mask) => tf.avgPool(mask, 2, 2, "valid") }), /in their shapes/],
  [
    "mixes the samples of a batch",
    networkOf({ forward: ({ tf }, mask) => tf.sub(mask, tf.mean(mask)) }),
    /others of its batch/,
  ],
  ["has a parameter that nothing uses", networkOf({ idle: true }), /every trainable parameter/],
  ["keeps its weights", networkOf({ keeps: true }), /frees what it made/],
])("catches a network that %s", async (_, definition, promise) => {
  await expect(checkNetwork(definition, { engine })).rejects.toMatchObject({ message: expect.stringMatching(promise) });
});

it.each([
  ["climbs", -1, true, /descends/],
  ["hides the moment that it keeps", 1, false, /continued from its state/],
])("catches an optimizer that %s", async (_, sign, shows, promise) => {
  const definition = defineOptimizer({
    type: "toy/momentum",
    summary: "A toy.",
    options: noOptions,
    create: () => ({
      learningRate: 0.01,
      attach({ tf }, variables) {
        const moments = new Map(
          [...variables].map(([name, value]) => [name, tf.tidy(() => tf.variable(tf.zerosLike(value)))]),
        );
        return {
          state: shows ? moments : new Map(),
          update: (gradients, { learningRate }) =>
            tf.tidy(() => {
              for (const [name, gradient] of gradients) {
                const moment = moments.get(name)!;
                moment.assign(tf.add(tf.mul(moment, 0.9), gradient));
                const variable = variables.get(name)!;
                variable.assign(tf.sub(variable, tf.mul(moment, sign * learningRate)));
              }
            }),
          dispose: () => {
            for (const moment of moments.values()) moment.dispose();
          },
        };
      },
    }),
  });
  await expect(checkOptimizer(definition, { engine })).rejects.toMatchObject({
    message: expect.stringMatching(promise),
  });
});
