import { createEngineProvider, openEngine } from "@eosin/engine";
import { createRng } from "@eosin/plugin-api";
import { checkNetwork } from "@eosin/plugin-api/testing";
import type * as tfc from "@tensorflow/tfjs-core";
import { expect, it, vi } from "vitest";
import { createResnet } from "../../encoders/resnet/resnet.js";
import { createTiny } from "../../encoders/tiny/tiny.js";
import { deeplabv3PlusOf } from "../../testing/networks.test-support.js";
import { deeplabv3Plus } from "./definition.js";

const small = { encoder: "tiny", channels: 8 };
const given = { uses: "lab/other", with: {}, kind: "encoder" as const };

// Values beside PyTorch's are in `networks/golden/decoders.test.ts`.
it.each([
  { ...small, dropout: 0 },
  { ...small, dropout: 0, separable: false, atrousRates: [2] },
])("keeps what networks promise: %o", async (options) => {
  const engine = await openEngine({ name: "wasm", version: "test", precision: "float32", threads: 1, device: "cpu" });
  const { checks } = await checkNetwork(deeplabv3Plus, { engine, options });
  expect(checks).toContain("training reaches every trainable parameter");
});

it.each([
  [8, [12, 24, 36]],
  [16, [6, 12, 18]],
  [32, [3, 6, 9]],
] as const)("dilates by the paper's rates at stride %i, and costs are counted", async (outputStride, rates) => {
  const { engine, cost } = await createEngineProvider().openShapeEngine();
  const encoder = createResnet({ depth: 18, dropConnect: 0, outputStride, pretrained: "none" });
  const network = await (await deeplabv3PlusOf({ encoder: given, channels: 8 }, encoder)).build(engine, createRng(1));
  const depthwise = vi.spyOn(engine.ops, "depthwiseConv2d");
  const drawn = new Map<string, readonly number[]>();
  const random = (name: string, shape: readonly number[]) => {
    drawn.set(name, shape);
    return engine.tf.zeros([...shape]);
  };
  const step = engine.evaluationStep(({ image }) =>
    network.forward(image as tfc.Tensor4D, { training: true, random }),
  );
  const { mask } = await step.run({ image: { data: new Float32Array(2 * 64 * 32 * 3), shape: [2, 64, 32, 3] } });
  expect(mask.shape).toEqual([2, 64, 32, 1]);
  expect(depthwise.mock.calls.slice(0, 5).map(([, , { dilation }]) => dilation)).toEqual([...rates, 1, 1]);
  expect([...drawn]).toEqual([["decoder.aspp.0.dropout", [2, 64 / outputStride, 32 / outputStride, 8]]]);
  expect(cost().flops).toBeGreaterThan(0);
  network.dispose();
});

it.each([
  [[8, 16, 32]],
  [[2, 4]],
])("refuses an encoder with features at the strides %o", async (strides) => {
  const tiny = createTiny({ dropConnect: 0 });
  const traits = { ...tiny.traits, strides, channels: strides.map(() => 8) };
  await expect(deeplabv3PlusOf({ ...small, encoder: given }, { ...tiny, traits })).rejects.toMatchObject({
    code: "DECODER_MISMATCH",
    place: "option encoder",
    expected: "a feature at stride 4, and a deeper one",
  });
});
