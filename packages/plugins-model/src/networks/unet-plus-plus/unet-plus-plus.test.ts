import { openEngine } from "@eosin/engine";
import { createRng } from "@eosin/plugin-api";
import type { Engine } from "@eosin/plugin-api/learning";
import { checkNetwork } from "@eosin/plugin-api/testing";
import { beforeAll, expect, it } from "vitest";
import { createTiny } from "../../encoders/tiny/tiny.js";
import { unetPlusPlusOf } from "../../testing/networks.test-support.js";
import { unetPlusPlus } from "./definition.js";

const small = { encoder: "tiny", decoderChannels: [16, 16, 8, 8, 4] };
let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ name: "wasm", version: "test", precision: "float32", threads: 1, device: "cpu" });
});

// Values beside PyTorch's are in `networks/golden/decoders.test.ts`.
it.each([small, { encoder: "tiny", decoderChannels: [16, 16, 8], outputStride: 4, imageLevelHead: true }])(
  "keeps what networks promise: %o",
  async (options) => {
    const { checks } = await checkNetwork(unetPlusPlus, { engine, options });
    expect(checks).toContain("training reaches every trainable parameter");
  },
);

it("has one node more on each level, and none but the last at the image's size", async () => {
  const nodes = async (options: object) => {
    const network = await (await unetPlusPlusOf(options)).build(engine, createRng(1));
    const found = [...network.parameters.keys()].flatMap((name) => /x_\d_\d(?=\.conv1\.0)/.exec(name)?.[0] ?? []);
    network.dispose();
    return found;
  };
  const dense = ["x_0_0", "x_0_1", "x_1_1", "x_0_2", "x_1_2", "x_2_2", "x_0_3", "x_1_3", "x_2_3", "x_3_3"];
  expect(await nodes(small)).toEqual([...dense, "x_0_4"]);
  expect(await nodes({ encoder: "tiny", outputStride: 2 })).toEqual(dense);
});

it("needs a feature at each halving", async () => {
  const tiny = createTiny({ dropConnect: 0 });
  const traits = { ...tiny.traits, strides: [4, 8], channels: [6, 10], decoderChannels: undefined };
  const given = { uses: "lab/patches", with: {}, kind: "encoder" as const };
  await expect(unetPlusPlusOf({ encoder: given }, { ...tiny, title: "patches", traits })).rejects.toMatchObject({
    code: "DECODER_MISMATCH",
    place: "option encoder",
    expected: "a feature at each of the strides 2, 4, 8, …",
    found: "features at the strides 4, 8",
  });
});
