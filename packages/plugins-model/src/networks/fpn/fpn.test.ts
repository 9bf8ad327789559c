import { createEngineProvider, openEngine } from "@eosin/engine";
import { createRng } from "@eosin/plugin-api";
import { checkNetwork } from "@eosin/plugin-api/testing";
import type * as tfc from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";
import { createTiny } from "../../encoders/tiny/tiny.js";
import { fpnOf } from "../../testing/networks.test-support.js";
import { fpn } from "./definition.js";
import { fpnOptions } from "./options.js";

const small = { encoder: "tiny", pyramidChannels: 16, segmentationChannels: 32 };

// Values beside PyTorch's are in `networks/golden/decoders.test.ts`.
it("keeps what networks promise", async () => {
  const engine = await openEngine({ name: "wasm", version: "test", precision: "float32", threads: 1, device: "cpu" });
  const { checks } = await checkNetwork(fpn, { engine, options: { ...small, dropout: 0 } });
  expect(checks).toContain("training reaches every trainable parameter");
});

it("drops whole channels of each sample in training", async () => {
  const { engine, cost } = await createEngineProvider().openShapeEngine();
  const network = await (await fpnOf(small)).build(engine, createRng(1));
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
  expect([...drawn]).toEqual([["decoder.dropout", [2, 1, 1, 32]]]);
  expect(cost().flops).toBeGreaterThan(0);
  network.dispose();
});

it("takes an encoder of four halvings, wherever they begin, and no other", async () => {
  const tiny = createTiny({ dropConnect: 0 });
  const given = { uses: "lab/other", with: {}, kind: "encoder" as const };
  const withStrides = (strides: readonly number[]) =>
    fpnOf(
      { ...small, encoder: given },
      { ...tiny, traits: { ...tiny.traits, strides, channels: strides.map(() => 8) } },
    );
  await expect(withStrides([4, 8, 16, 32])).resolves.toMatchObject({ traits: { stride: 32 } });
  for (const strides of [
    [8, 16, 32],
    [2, 4, 8, 32],
  ]) {
    await expect(withStrides(strides)).rejects.toMatchObject({
      code: "DECODER_MISMATCH",
      place: "option encoder",
      found: `features at the strides ${strides.join(", ")}`,
    });
  }
});

it("has segmentation channels that its groups divide", () => {
  expect(fpnOptions.safeParse({ segmentationChannels: 48 }).error?.issues).toMatchObject([
    { path: ["segmentationChannels"] },
  ]);
});
