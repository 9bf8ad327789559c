import { openEngine } from "@eosin/engine";
import { checkNetwork } from "@eosin/plugin-api/testing";
import { expect, it } from "vitest";
import { createTiny } from "../../encoders/tiny/tiny.js";
import { fpnOf, trainingShapes } from "../../testing/networks.test-support.js";
import { fpn } from "./definition.js";
import { fpnOptions } from "./options.js";

const small = { encoder: "tiny", pyramidChannels: 16, segmentationChannels: 32 };

// Values beside PyTorch's are in `networks/golden/decoders.test.ts`.
it("keeps what networks promise", async () => {
  const engine = await openEngine({ name: "wasm", version: "test", precision: "float32", threads: 1, device: "cpu" });
  // At 32 pixels the deepest feature is one pixel: a group of one channel would be all zeros behind its normalisation.
  const { checks } = await checkNetwork(fpn, {
    engine,
    options: { ...small, segmentationChannels: 128, dropout: 0, imageLevelHead: true },
  });
  expect(checks).toContain("training reaches every trainable parameter");
});

it("drops whole channels of each sample in training, and its costs are counted", async () => {
  const { mask, drawn, cost } = await trainingShapes(() => fpnOf(small));
  expect(mask).toEqual([2, 64, 32, 1]);
  expect(drawn).toEqual({ "decoder.dropout": [2, 1, 1, 32] });
  const wide = await trainingShapes(() => fpnOf({ ...small, pyramidChannels: 64 }));
  expect(wide.cost.flops).toBeGreaterThan(cost.flops);
  expect(wide.cost.peakBytes).toBeGreaterThan(cost.peakBytes);
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
