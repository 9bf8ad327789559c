import { createEngineProvider } from "@eosin/engine";
import type { Engine } from "@eosin/plugin-api/learning";
import { checkOptimizer } from "@eosin/plugin-api/testing";
import type { Scalar, Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { installedTorch } from "../../../../../test/fixtures/installed-torch.js";
import { AdamW } from "./adamw.js";
import { adamw } from "./definition.js";
import { adamwOptions } from "./options.js";
import figures from "./pytorch.json" with { type: "json" };

const torch = await installedTorch();
if (torch) process.env.EOSIN_TORCH = torch.addon;
const provider = createEngineProvider();
/** Those that this machine has: wasm and cpu always, torch where libtorch is. */
const engines = (await provider.survey()).flatMap(({ name, available }) =>
  available && ["cpu", "wasm", "torch"].includes(name) ? [name] : [],
);

type Figures = { readonly weights: readonly { readonly [name: string]: readonly number[] }[] };
const settings = { lr: 0.05, beta2: 0.99, weightDecay: 0.1 };
const [plain, allDecay, groups, clipped]: readonly Figures[] = [
  figures.plain,
  figures.allDecay,
  figures.groups,
  figures.clipped,
];

describe.each(engines)("on %s", (name) => {
  let engine: Engine;
  beforeAll(async () => {
    const { identity } = await provider.choose({ name, precision: "float32", threads: 1 });
    engine = await provider.open(identity);
  });

  /** The descent that PyTorch made. */
  async function descend(more: object, clipNorm?: number) {
    const { tf } = engine;
    const optimizer = new AdamW(adamwOptions.parse({ ...settings, ...more }));
    const variables = new Map(
      Object.entries(figures.start).map(([key, values]) => [key, tf.tidy(() => tf.variable(tf.tensor(values)))]),
    );
    const attached = optimizer.attach(engine, variables);
    const now = { step: 0, learningRate: optimizer.learningRate };
    const step = engine.trainingStep({
      variables,
      clipNorm,
      objective: ({ one }) => {
        let loss = tf.mul(tf.sum(one), 0) as Tensor;
        for (const [i, variable] of [...variables.values()].entries()) {
          const from = tf.sub(variable, 0.3);
          const fourth = tf.sum(tf.square(tf.square(from)));
          loss = tf.add(loss, tf.add(tf.mul(fourth, (1 + i) / 4), tf.sum(tf.square(variable))));
        }
        return { loss: loss as Scalar };
      },
      update: (gradients) => attached.update(gradients, now),
    });
    const weights: { [name: string]: number[] }[] = [];
    const norms: (number | undefined)[] = [];
    for (now.step = 1; now.step <= 4; now.step++) {
      const { gradientNorm } = await step.run([{ one: { data: Float32Array.of(1), shape: [1] } }]);
      norms.push(gradientNorm);
      weights.push(Object.fromEntries([...variables].map(([key, variable]) => [key, [...variable.dataSync()]])));
    }
    step.dispose();
    attached.dispose();
    for (const variable of variables.values()) variable.dispose();
    return { weights, norms };
  }

  function close(actual: Figures["weights"], expected: Figures["weights"]): void {
    expect(actual).toHaveLength(expected.length);
    for (const [step, weights] of expected.entries()) {
      for (const [key, values] of Object.entries(weights)) {
        for (const [i, value] of values.entries())
          expect(actual[step][key][i], `${key}, step ${step}`).toBeCloseTo(value, 6);
      }
    }
  }

  it("takes PyTorch's steps, where norms and biases do not decay", async () => {
    close((await descend({})).weights, plain.weights);
  });

  it("takes PyTorch's steps, where they decay too", async () => {
    close((await descend({ decayNormsAndBiases: true })).weights, allDecay.weights);
  });

  it("takes PyTorch's steps with groups", async () => {
    const encoder = { names: "^encoder\\.", lr: 0.25, weightDecay: 0.4 };
    close((await descend({ groups: [encoder] })).weights, groups.weights);
  });

  it("takes PyTorch's steps of clipped gradients, and tells the norms before", async () => {
    const { weights, norms } = await descend({}, 1.5);
    close(weights, clipped.weights);
    for (const [i, norm] of figures.clipped.norms.entries()) expect(norms[i]).toBeCloseTo(norm, 4);
  });

  it("keeps what an optimizer promises", async () => {
    await checkOptimizer(adamw, { engine });
  });
});
