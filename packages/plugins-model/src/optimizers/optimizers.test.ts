import { createEngineProvider } from "@eosin/engine";
import type { Engine, Optimizer } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { Adam } from "./adam/adam.js";
import { adamOptions } from "./adam/options.js";
import { sgdOptions } from "./sgd/options.js";
import { Sgd } from "./sgd/sgd.js";

const provider = createEngineProvider();
const { identity } = await provider.choose({ name: "cpu", precision: "float32", threads: 1 });
const engine: Engine = await provider.open(identity);
const { tf } = engine;

/** Minimises ½·Σ scale·w² for some steps. @returns The weight after each. */
async function descend(optimizer: Optimizer, steps: number): Promise<number[]> {
  const variable = tf.variable(tf.tensor1d([1, -2]));
  const attached = optimizer.attach(engine, new Map([["w", variable]]));
  const path: number[] = [];
  for (let step = 1; step <= steps; step++) {
    const gradient = tf.mul(variable, tf.tensor1d([1, 3]));
    attached.update(new Map([["w", gradient]]), { step, learningRate: optimizer.learningRate });
    path.push((await variable.data())[1]);
  }
  attached.dispose();
  return path;
}

/** The same in double precision. */
function reference(steps: number, next: (w: number, gradient: number, step: number) => number): number[] {
  const path: number[] = [];
  let w = -2;
  for (let step = 1; step <= steps; step++) {
    w = next(w, 3 * w, step);
    path.push(w);
  }
  return path;
}

function close(actual: readonly number[], expected: readonly number[]): void {
  for (const [i, value] of actual.entries()) expect(value).toBeCloseTo(expected[i], 5);
}

test("Adam follows Kingma and Ba", async () => {
  for (const weightDecay of [0, 0.1]) {
    let [m, v] = [0, 0];
    const expected = reference(10, (w, g, t) => {
      const slope = g + weightDecay * w;
      m = 0.9 * m + 0.1 * slope;
      v = 0.999 * v + 0.001 * slope * slope;
      return w - (0.05 * (m / (1 - 0.9 ** t))) / (Math.sqrt(v / (1 - 0.999 ** t)) + 1e-8);
    });
    close(await descend(new Adam(adamOptions.parse({ lr: 0.05, weightDecay })), 10), expected);
  }
});

test("SGD follows PyTorch's form, with and without momentum", async () => {
  for (const how of [{}, { momentum: 0.9 }, { momentum: 0.9, nesterov: true }, { momentum: 0.5, weightDecay: 0.2 }]) {
    const { momentum, nesterov, weightDecay } = sgdOptions.parse(how);
    let v = 0;
    const expected = reference(10, (w, g) => {
      const slope = g + weightDecay * w;
      v = momentum * v + slope;
      return w - 0.02 * (nesterov ? slope + momentum * v : v);
    });
    close(await descend(new Sgd(sgdOptions.parse({ lr: 0.02, ...how })), 10), expected);
  }
});

test("leaves no tensors behind", async () => {
  const before = tf.memory().numTensors;
  for (const optimizer of [new Adam(adamOptions.parse({})), new Sgd(sgdOptions.parse({ momentum: 0.9 }))]) {
    const weights = tf.tensor1d([1, 2]);
    const variable = tf.variable(weights);
    const attached = optimizer.attach(engine, new Map([["w", variable]]));
    for (let step = 1; step <= 3; step++) {
      attached.update(new Map([["w", weights]]), { step, learningRate: 0.1 });
    }
    attached.dispose();
    variable.dispose();
    weights.dispose();
  }
  expect(tf.memory().numTensors).toBe(before);
});

test("Nesterov's momentum needs momentum", () => {
  expect(sgdOptions.safeParse({ nesterov: true }).success).toBe(false);
});

/** One descent of two parameters that see the same gradients. @returns Their weights after three steps. */
async function twoParameters(optimizer: Optimizer): Promise<number[][]> {
  const names = ["encoder.conv.weight", "decoder.conv.weight"];
  const variables = new Map(names.map((name) => [name, tf.variable(tf.tensor1d([1, -2]), true)]));
  const attached = optimizer.attach(engine, variables);
  for (let step = 1; step <= 3; step++) {
    const gradients = new Map(names.map((name) => [name, tf.mul(variables.get(name)!, 3) as tfc.Tensor]));
    attached.update(gradients, { step, learningRate: optimizer.learningRate });
  }
  attached.dispose();
  return Promise.all([...variables.values()].map(async (each) => [...(await each.data())]));
}

const optimizers = [
  ["Adam", (more: object) => new Adam(adamOptions.parse({ lr: 0.05, weightDecay: 0.1, ...more }))],
  ["SGD", (more: object) => new Sgd(sgdOptions.parse({ lr: 0.05, weightDecay: 0.1, momentum: 0.9, ...more }))],
] as const;

test.each(optimizers)("%s gives groups of parameters their own rate and decay", async (_, make) => {
  const [plain] = await twoParameters(make({}));
  const [slow] = await twoParameters(make({ lr: 0.05 * 0.25 }));
  const [undecayed] = await twoParameters(make({ weightDecay: 0 }));
  const names = "^encoder\\.";
  expect(await twoParameters(make({ groups: [{ names, lr: 0 }] }))).toEqual([[1, -2], plain]);
  expect(await twoParameters(make({ groups: [{ names, lr: 0.25 }] }))).toEqual([slow, plain]);
  expect(await twoParameters(make({ groups: [{ names, weightDecay: 0 }] }))).toEqual([undecayed, plain]);
  // The first that matches has it.
  expect(
    await twoParameters(
      make({
        groups: [
          { names, lr: 0.25 },
          { names: "weight$", lr: 0 },
        ],
      }),
    ),
  ).toEqual([slow, [1, -2]]);
});

test.each(optimizers)("%s refuses a group of none", async (_, make) => {
  const variables = new Map([["decoder.conv.weight", tf.variable(tf.tensor1d([1]))]]);
  expect(() => make({ groups: [{ names: "^encoder\\." }] }).attach(engine, variables)).toThrow(
    expect.objectContaining({ code: "GROUP_WITHOUT_PARAMETERS", found: "1 parameters, e.g. decoder.conv.weight" }),
  );
  expect(adamOptions.safeParse({ groups: [{ names: "(" }] }).success).toBe(false);
});
