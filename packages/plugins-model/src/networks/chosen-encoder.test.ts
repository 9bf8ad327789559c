import { openEngine } from "@eosin/engine";
import { createRng } from "@eosin/plugin-api";
import {
  defineEncoder,
  type EncoderFactory,
  type Engine,
  type ForwardContext,
  type TensorRecord,
} from "@eosin/plugin-api/learning";
import { checkEncoder } from "@eosin/plugin-api/testing";
import { z } from "@eosin/plugin-api/zod";
import type * as tfc from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { encoderFor, multitaskUnetOf, unetOf } from "../testing/networks.test-support.js";
import { multitaskUnetOptions } from "./multitask-unet/options.js";
import { unetOptions } from "./unet/options.js";

/** Cuts the image into tokens of 4 × 4 pixels first, as transformers do, and halves them once more. */
const patches: EncoderFactory = {
  title: "patches",
  traits: {
    strides: [4, 8],
    channels: [6, 10],
    normalization: { mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25] },
  },
  build(builder) {
    const { tf } = builder.engine;
    const filter = (name: string, inputs: number, outputs: number, side: number) =>
      builder.add(name, {
        shape: [side, side, inputs, outputs],
        layout: "conv",
        initial: (values, _, rng) => {
          for (let i = 0; i < values.length; i++) values[i] = rng.normal(0, 0.2);
        },
      }) as unknown as tfc.Tensor4D;
    const embed = filter("embed.weight", 3, 6, 4);
    const merge = filter("merge.weight", 6, 10, 2);
    return {
      features(image) {
        const tokens = tf.relu(tf.conv2d(image, embed, 4, "valid"));
        return [tokens, tf.relu(tf.conv2d(tokens, merge, 2, "valid"))];
      },
    };
  },
};

const encoder = { uses: "lab/patches", with: {}, kind: "encoder" as const };
let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ name: "wasm", version: "test", precision: "float32", threads: 1, device: "cpu" });
});

const inference: ForwardContext = { training: false, random: () => expect.fail("no random numbers") };

describe("an encoder of a plugin", () => {
  it("keeps what encoders promise", async () => {
    const definition = defineEncoder({
      type: "lab/patches",
      summary: "Tokens.",
      options: z.strictObject({}),
      create: () => patches,
    });
    const { checks } = await checkEncoder(definition, { engine });
    expect(checks).toContain("its traits are strides that double or more, and channels for each");
  });

  it.each([
    ["model/unet", () => unetOf({ encoder }, undefined, patches)],
    ["model/multitask-unet", () => multitaskUnetOf({ encoder }, undefined, patches)],
  ])("carries %s, though it starts at stride 4", async (_, make) => {
    const factory = await make();
    expect(factory.title).toContain("patches");
    expect(factory.traits?.stride).toBe(8);
    const network = await factory.build(engine, createRng(1));
    expect(network.normalization).toEqual(patches.traits.normalization);
    expect([...network.parameters.keys()].slice(0, 2)).toEqual(["encoder.embed.weight", "encoder.merge.weight"]);
    // Three blocks to full size: a feature at stride 4 behind the first, none behind the others.
    const first = [...network.parameters.values()].find(({ name }) => name.endsWith("blocks.0.conv1.0.weight"));
    expect(first?.variable.shape).toEqual([3, 3, 16, 256]);
    const step = engine.evaluationStep(({ image }: TensorRecord) => network.forward(image as tfc.Tensor4D, inference));
    const { mask } = await step.run({ image: { data: new Float32Array(2 * 16 * 24 * 3), shape: [2, 16, 24, 3] } });
    expect(mask.shape).toEqual([2, 16, 24, 1]);
    network.dispose();
  });

  it("is rebuilt with its own options, without initial weights", async () => {
    const given: EncoderFactory = {
      ...patches,
      initialWeights: { option: ["from"], file: "/nowhere/weights.pth" },
      rebuildOptions: { depth: 3 },
    };
    const options = unetOptions.parse({ encoder: { ...encoder, with: { depth: 3, from: "weights.pth" } } });
    const chosen = await encoderFor(options, given);
    expect(chosen.initialWeights).toEqual({
      option: ["encoder", "with", "from"],
      file: "/nowhere/weights.pth",
    });
    expect(chosen.rebuildOptions).toEqual({ encoder: { ...encoder, with: { depth: 3 } }, pretrained: "none" });
  });

  it("takes a decoder of as many blocks as it halves the image", async () => {
    await expect(unetOf({ encoder, decoderChannels: [8, 8, 8, 8, 8] }, undefined, patches)).rejects.toMatchObject({
      code: "DECODER_MISMATCH",
      expected: "3 numbers, as the encoder halves the image 3 times",
      found: "8, 8, 8, 8, 8",
    });
  });

  it("carries a decoder that ends at stride 4, and needs one block", async () => {
    const network = await (await unetOf({ encoder, outputStride: 4 }, undefined, patches)).build(engine, createRng(1));
    const step = engine.evaluationStep(({ image }: TensorRecord) => network.forward(image as tfc.Tensor4D, inference));
    const { mask } = await step.run({ image: { data: new Float32Array(16 * 24 * 3), shape: [1, 16, 24, 3] } });
    expect(mask.shape).toEqual([1, 16, 24, 1]);
    network.dispose();
    const shallow = { ...patches, traits: { ...patches.traits, strides: [4], channels: [6] } };
    await expect(unetOf({ encoder, outputStride: 4 }, undefined, shallow)).rejects.toMatchObject({
      code: "DECODER_MISMATCH",
      place: "option outputStride",
      expected: "less than 4, the encoder's stride",
    });
  });

  it.each(["dropConnect", "pretrained"])("has %s among its own options", (name) => {
    const value = name === "pretrained" ? "imagenet" : 0.1;
    const { success, error } = multitaskUnetOptions.safeParse({ encoder, [name]: value });
    expect(success).toBe(false);
    expect(error?.issues).toMatchObject([{ path: [name], message: expect.stringContaining("uses: lab/patches") }]);
  });
});

it("a name and the component that it stands for are one network", async () => {
  const named = await (await unetOf({ encoder: "tiny", dropConnect: 0.1 })).build(engine, createRng(1));
  const { createTiny } = await import("../encoders/tiny/tiny.js");
  const component = { uses: "model/tiny-encoder", with: { dropConnect: 0.1 }, kind: "encoder" as const };
  const factory = await unetOf({ encoder: component }, undefined, createTiny({ dropConnect: 0.1 }));
  const built = await factory.build(engine, createRng(1));
  expect([...built.parameters.keys()]).toEqual([...named.parameters.keys()]);
  for (const [name, { variable }] of named.parameters) {
    expect(await built.parameters.get(name)!.variable.data(), name).toEqual(await variable.data());
  }
  for (const network of [named, built]) network.dispose();
});
