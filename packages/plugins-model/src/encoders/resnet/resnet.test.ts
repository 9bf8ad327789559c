import { openEngine } from "@eosin/engine";
import { createRng } from "@eosin/plugin-api";
import type { ForwardContext } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";
import { ParameterStore } from "../../layers/parameter-store.js";
import { depths } from "./depths.js";
import { createResnet } from "./resnet.js";

const engine = await openEngine({ name: "wasm", version: "test", precision: "float32", threads: 1, device: "cpu" });

it.each(depths)("ResNet-%d has the layers in its name", async (depth) => {
  const store = new ParameterStore(engine, createRng(1));
  await createResnet({ depth, dropConnect: 0, pretrained: "none" }).build(store);
  const convolutions = [...store.parameters.keys()].filter((name) => /conv\d\.weight$/.test(name));
  store.dispose();
  // The classifier is the last one.
  expect(convolutions.length + 1).toBe(depth);
});

it("draws for its residual blocks in training, where asked to drop them, and not for the first", async () => {
  const store = new ParameterStore(engine, createRng(1));
  const encoder = await createResnet({ depth: 18, dropConnect: 0.5, pretrained: "none" }).build(store);
  const drawn = new Set<string>();
  const context: ForwardContext = {
    training: true,
    random: (name, shape) => {
      drawn.add(name);
      return engine.tf.fill([...shape], 0.999);
    },
  };
  const step = engine.evaluationStep(({ image }) => ({ x: encoder.features(image as tfc.Tensor4D, context)[4] }));
  const { x } = await step.run({ image: { data: new Float32Array(2 * 64 * 64 * 3), shape: [2, 64, 64, 3] } });
  store.dispose();
  expect(x.shape).toEqual([2, 2, 2, 512]);
  const names = [1, 2, 3, 4].flatMap((stage) => [0, 1].map((block) => `layer${stage}.${block}.drop_connect`));
  expect([...drawn]).toEqual(names.slice(1));
});

it.each([
  [16, [2, 4, 8, 16], [64, 64, 128, 512], [256, 128, 64, 32]],
  [8, [2, 4, 8], [64, 64, 512], [256, 128, 64]],
] as const)(
  "at output stride %i gives its last stage's feature, with as many parameters",
  async (outputStride, strides, channels, decoderChannels) => {
    const factory = createResnet({ depth: 18, dropConnect: 0, outputStride, pretrained: "none" });
    expect(factory.traits).toMatchObject({ strides, channels, decoderChannels });
    const [store, whole] = [new ParameterStore(engine, createRng(1)), new ParameterStore(engine, createRng(1))];
    const encoder = await factory.build(store);
    await createResnet({ depth: 18, dropConnect: 0, pretrained: "none" }).build(whole);
    expect([...store.parameters.keys()]).toEqual([...whole.parameters.keys()]);
    const context: ForwardContext = { training: false, random: () => expect.fail("drew without need") };
    const step = engine.evaluationStep(({ image }) =>
      Object.fromEntries(encoder.features(image as tfc.Tensor4D, context).map((feature, index) => [index, feature])),
    );
    const found = await step.run({ image: { data: new Float32Array(64 * 32 * 3), shape: [1, 64, 32, 3] } });
    expect(Object.values(found).map(({ shape }) => shape)).toEqual(
      strides.map((stride, index) => [1, 64 / stride, 32 / stride, channels[index]]),
    );
    for (const each of [store, whole]) each.dispose();
  },
);
