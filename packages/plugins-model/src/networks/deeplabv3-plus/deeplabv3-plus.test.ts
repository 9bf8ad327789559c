import { openEngine } from "@eosin/engine";
import { checkNetwork } from "@eosin/plugin-api/testing";
import { expect, it } from "vitest";
import { createResnet } from "../../encoders/resnet/resnet.js";
import { createTiny } from "../../encoders/tiny/tiny.js";
import { deeplabv3PlusOf, trainingShapes } from "../../testing/networks.test-support.js";
import { deeplabv3Plus } from "./definition.js";

const small = { encoder: "tiny", channels: 8 };
const given = { uses: "lab/other", with: {}, kind: "encoder" as const };

// Values beside PyTorch's are in `networks/golden/decoders.test.ts`.
it.each([
  { ...small, dropout: 0 },
  { ...small, dropout: 0, separable: false, atrousRates: [2], imageLevelHead: true },
])("keeps what networks promise: %o", async (options) => {
  const engine = await openEngine({ name: "wasm", version: "test", precision: "float32", threads: 1, device: "cpu" });
  const { checks } = await checkNetwork(deeplabv3Plus, { engine, options });
  expect(checks).toContain("training reaches every trainable parameter");
});

it.each([
  [8, [12, 24, 36]],
  [16, [6, 12, 18]],
  [32, [3, 6, 9]],
] as const)(
  "at stride %i the rates are the paper's, as far as that, and costs are counted",
  async (outputStride, rates) => {
    const encoder = createResnet({ depth: 18, dropConnect: 0, outputStride, pretrained: "none" });
    const options = { encoder: given, channels: 8 };
    const { mask, drawn, cost } = await trainingShapes(() => deeplabv3PlusOf(options, encoder));
    expect(mask).toEqual([2, 64, 32, 1]);
    expect(drawn).toEqual({ "decoder.aspp.0.dropout": [2, 64 / outputStride, 32 / outputStride, 8] });
    const said = await trainingShapes(() => deeplabv3PlusOf({ ...options, atrousRates: [...rates] }, encoder));
    expect(said.cost).toEqual(cost);
    const one = await trainingShapes(() => deeplabv3PlusOf({ ...options, atrousRates: rates.slice(0, 1) }, encoder));
    expect(one.cost.flops).toBeLessThan(cost.flops);
  },
);

it.each([[[8, 16, 32]], [[2, 4]]])("refuses an encoder with features at the strides %o", async (strides) => {
  const tiny = createTiny({ dropConnect: 0 });
  const traits = { ...tiny.traits, strides, channels: strides.map(() => 8) };
  await expect(deeplabv3PlusOf({ ...small, encoder: given }, { ...tiny, traits })).rejects.toMatchObject({
    code: "DECODER_MISMATCH",
    place: "option encoder",
    expected: "a feature at stride 4, and a deeper one",
  });
});
