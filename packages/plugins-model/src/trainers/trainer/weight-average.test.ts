import { createEngineProvider } from "@eosin/engine";
import type { Engine } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { installedTorch } from "../../../../../test/fixtures/installed-torch.js";
import { type AverageOptions, averageOption } from "./average-options.js";
import { WeightAverage } from "./weight-average.js";

const torch = await installedTorch();
if (torch) process.env.EOSIN_TORCH = torch.addon;
const provider = createEngineProvider();
const engines = (await provider.survey()).flatMap(({ name, available }) =>
  available && ["cpu", "wasm", "torch"].includes(name) ? [name] : [],
);
const parse = (options: object): AverageOptions => averageOption.parse(options)!;
const at = (step: number) => [step, -(step ** 2), 1 / step];

describe.each(engines)("on %s", (name) => {
  let engine: Engine;
  beforeAll(async () => {
    const { identity } = await provider.choose({ name, precision: "float32", threads: 1 });
    engine = await provider.open(identity);
  });

  /** Weights that go where `at` says, with an average beside them. */
  async function averaged(options: AverageOptions, epochs: number, work: (of: Moving) => Promise<void> | void) {
    const { tf } = engine;
    const before = tf.memory().numTensors;
    const variable: tfc.Variable = tf.tidy(() => tf.variable(tf.tensor1d(at(1))));
    const average = new WeightAverage(engine, new Map([["weight", variable]]), options, epochs);
    await work({
      average,
      variable,
      move: (step) => tf.tidy(() => variable.assign(tf.tensor1d(at(step)))),
    });
    average.dispose();
    variable.dispose();
    expect(tf.memory().numTensors).toBe(before);
  }

  interface Moving {
    readonly average: WeightAverage;
    readonly variable: tfc.Variable;
    move(step: number): void;
  }

  const read = (of: tfc.Variable | undefined) => Array.from(of!.dataSync());
  const close = (actual: readonly number[], expected: readonly number[]) => {
    for (const [i, value] of expected.entries()) {
      expect(Math.abs(actual[i] - value)).toBeLessThan(1e-6 * Math.max(1, Math.abs(value)));
    }
  };

  it.each([false, true])("an exponential average is that of its definition, warm-up %s", async (warmup) => {
    await averaged(parse({ kind: "ema", decay: 0.6, warmup }), 1, ({ average, move }) => {
      const expected = at(1);
      for (let step = 1; step <= 12; step++) {
        move(step + 1);
        average.afterStep(step);
        const decay = warmup ? Math.min(0.6, (1 + step) / (10 + step)) : 0.6;
        at(step + 1).forEach((value, i) => {
          expected[i] = decay * expected[i] + (1 - decay) * value;
        });
        close(read(average.state.get("weight")), expected);
      }
      average.afterEpoch(1);
      close(read(average.state.get("weight")), expected);
    });
  });

  it("a stochastic average is the mean over the last epochs", async () => {
    await averaged(parse({ kind: "swa", from: 0.5 }), 5, async ({ average, variable, move }) => {
      for (let epoch = 1; epoch <= 5; epoch++) {
        move(epoch);
        average.afterStep(epoch);
        average.afterEpoch(epoch);
        const judged = await average.during(epoch, async () => read(variable));
        const counted = [3, 4, 5].filter((each) => each <= epoch);
        if (counted.length === 0) expect(judged).toEqual(read(variable));
        else
          close(
            judged,
            at(0).map((_, i) => counted.reduce((sum, each) => sum + at(each)[i], 0) / counted.length),
          );
      }
    });
  });

  it("lends the average to the network, and gives the weights back bit by bit, also after an error", async () => {
    await averaged(parse({ kind: "ema", decay: 0.5, warmup: false }), 1, async ({ average, variable, move }) => {
      move(3);
      average.afterStep(1);
      const [weights, mean] = [read(variable), read(average.state.get("weight"))];
      expect(mean).not.toEqual(weights);
      await average.during(1, async () => expect(read(variable)).toEqual(mean));
      const failure = average.during(1, () => Promise.reject(new Error("no")));
      await expect(failure).rejects.toThrow("no");
      expect([read(variable), read(average.state.get("weight"))]).toEqual([weights, mean]);
      average.settle(1);
      expect(read(variable)).toEqual(mean);
    });
  });
});
