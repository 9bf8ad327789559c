import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEngine } from "@eosin/engine";
import { createRng, type Rng } from "@eosin/plugin-api";
import type {
  Engine,
  ForwardContext,
  LossBatch,
  Network,
  NetworkFactory,
  TensorRecord,
} from "@eosin/plugin-api/learning";
import { imagenetNormalization } from "@eosin/plugin-api/learning";
import { writeStoredTensors } from "@eosin/plugin-api/tensor-file";
import type * as tfc from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { dropConnect } from "../layers/drop-connect.js";
import { ParameterStore } from "../layers/parameter-store.js";
import { multitaskUnetOf, reconstructionLoss, unetOf } from "../testing/networks.test-support.js";
import { weightsFolder } from "../weights/fetch-weights.js";
import { exportWeights, saveWeights } from "../weights/network-weights.js";
import { publishedWeights } from "../weights/published-weights.js";

const [BATCH, SIZE] = [2, 32];
const seed = (value = 1) => createRng(value, "network");
const multitask = (options: object = {}) => multitaskUnetOf({ encoder: "tiny", ...options });
const supervised = (options: object = {}) => unetOf({ encoder: "tiny", ...options });
const { mean, deviation } = imagenetNormalization;

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine({ name: "wasm", version: "test", precision: "float32", threads: 1, device: "cpu" });
});

function inference(random?: (name: string, shape: readonly number[]) => tfc.Tensor): ForwardContext {
  return {
    training: random !== undefined,
    random: random ?? (() => expect.fail("random numbers in evaluation")),
  };
}

const rgb = Uint8Array.from({ length: BATCH * SIZE * SIZE * 3 }, (_, i) => (i * 37) % 256);
const normalized = Float32Array.from(rgb, (value, i) => (value / 255 - mean[i % 3]) / deviation[i % 3]);

async function outputsOf(factory: NetworkFactory, rng: Rng = seed(), context = inference()) {
  const network = await factory.build(engine, rng);
  const step = engine.evaluationStep(({ image }: TensorRecord) => network.forward(image as tfc.Tensor4D, context));
  const outputs = await step.run({ image: { data: normalized, shape: [BATCH, SIZE, SIZE, 3] } });
  network.dispose();
  return outputs;
}

async function values(network: Network, name: string): Promise<Float32Array> {
  return (await network.parameters.get(name)!.variable.data()) as Float32Array;
}

async function expectEqual(a: Network, b: Network, name: string): Promise<void> {
  expect(Buffer.compare(bytesOf(await values(a, name)), bytesOf(await values(b, name))), name).toBe(0);
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

describe("initial weights", () => {
  it("depend on the seed and the parameter's name alone", async () => {
    const [a, b, c] = [
      await (await multitask()).build(engine, seed()),
      await (await multitask({ imageLevelHead: true })).build(engine, seed()),
      await (await multitask()).build(engine, seed(2)),
    ];
    for (const name of a.parameters.keys()) await expectEqual(a, b, name);
    expect(await values(c, "mask_head.0.weight")).not.toEqual(await values(a, "mask_head.0.weight"));
    const [vector, density] = ["stain_vec", "stain_den"].map((name) => `${name}_decoder.blocks.0.conv2.0.weight`);
    expect(await values(a, vector)).not.toEqual(await values(a, density));
    for (const network of [a, b, c]) network.dispose();
  });

  it("are PyTorch's in decoder and heads: uniform within its bounds, biases zero", async () => {
    const network = await (await multitask()).build(engine, seed());
    const bounds = {
      "stain_vec_decoder.blocks.0.conv2.0.weight": Math.sqrt(6 / (9 * 64)),
      "mask_head.0.weight": Math.sqrt(6 / (9 * (8 + 1))),
    };
    for (const [name, bound] of Object.entries(bounds)) {
      const largest = Math.max(...(await values(network, name)).map(Math.abs));
      expect(largest).toBeLessThanOrEqual(bound);
      expect(largest).toBeGreaterThan(0.9 * bound);
    }
    expect([...(await values(network, "mask_head.0.bias"))]).toEqual([0]);
    network.dispose();
  });
});

describe("model/multitask-unet", () => {
  it.each([1, 2, 3])("gives mask, densities and vectors of %d stains, and their product, clipped", async (stains) => {
    const { mask, density, vector, reconstruction, ...rest } = await outputsOf(await multitask({ stains }));
    expect(rest).toEqual({});
    expect(mask.shape).toEqual([BATCH, SIZE, SIZE, 1]);
    expect(density.shape).toEqual([BATCH, SIZE, SIZE, stains]);
    expect(vector.shape).toEqual([BATCH, SIZE, SIZE, 3 * stains]);
    expect(reconstruction.shape).toEqual([BATCH, SIZE, SIZE, 3]);
    for (let pixel = 0; pixel < BATCH * SIZE * SIZE; pixel += 7) {
      for (let channel = 0; channel < 3; channel++) {
        let product = 0;
        for (let stain = pixel * stains; stain < (pixel + 1) * stains; stain++) {
          product += vector.data[3 * stain + channel] * density.data[stain];
        }
        expect(reconstruction.data[3 * pixel + channel]).toBeCloseTo(Math.min(1, Math.max(-1, product)), 4);
      }
    }
  });

  it("gives the optical density of the 8-bit image as its target where it reconstructs that", async () => {
    const { reconstructionTarget } = await outputsOf(await multitask({ reconstruct: "od" }));
    const expected = Float32Array.from(rgb, (value) => -Math.log((value + 1) / 256));
    for (const [i, value] of expected.entries()) expect(reconstructionTarget.data[i]).toBeCloseTo(value, 3);
  });

  it("has an image-level logit where asked for", async () => {
    const { imageLevel } = await outputsOf(await multitask({ imageLevelHead: true }));
    expect(imageLevel.shape).toEqual([BATCH, 1, 1, 1]);
  });

  it("takes other decoder channels", async () => {
    const network = await (await multitask({ decoderChannels: [16, 16, 8, 8, 4] })).build(engine, seed());
    expect(network.parameters.get("stain_vec_head.0.weight")!.variable.shape).toEqual([3, 3, 4, 6]);
    network.dispose();
  });

  it("frees all that it made", async () => {
    await outputsOf(await multitask({ reconstruct: "od" }));
    const before = engine.tf.memory().numTensors;
    await outputsOf(await multitask({ reconstruct: "od" }));
    expect(engine.tf.memory().numTensors).toBe(before);
  });
});

describe("a decoder that ends before the image's size", () => {
  it.each([2, 4] as const)(
    "at 1/%d gives outputs of the image's size, bilinear between its own pixels",
    async (outputStride) => {
      const { mask } = await outputsOf(await supervised({ outputStride }));
      expect(mask.shape).toEqual([BATCH, SIZE, SIZE, 1]);
      // A row begins with its first cell's value a, and goes towards the second's in steps of (b − a)/outputStride, half one first.
      const row = mask.data.subarray(5 * SIZE, 6 * SIZE);
      const [a, near, far] = [0, outputStride / 2, outputStride / 2 + 1].map((column) => row[column]);
      expect(near).not.toBeCloseTo(a, 4);
      expect(far - a).toBeCloseTo(3 * (near - a), 5);
      const { density, vector, reconstruction, ...rest } = await outputsOf(await multitask({ outputStride }));
      expect([density, vector, reconstruction, rest.mask].map(({ shape }) => shape)).toEqual(
        [2, 6, 3, 1].map((channels) => [BATCH, SIZE, SIZE, channels]),
      );
    },
  );

  it("leaves the last blocks out, and nothing where it is 1", async () => {
    const names = async (options: object) => {
      const network = await (await supervised(options)).build(engine, seed());
      network.dispose();
      return [...network.parameters.keys()];
    };
    const [all, same, half] = [await names({}), await names({ outputStride: 1 }), await names({ outputStride: 2 })];
    expect(same).toEqual(all);
    expect(half).toEqual(all.filter((name) => !name.startsWith("decoder.blocks.4.")));
    const { mask } = await outputsOf(await supervised({ outputStride: 1 }));
    expect(mask.data).toEqual((await outputsOf(await supervised())).mask.data);
  });

  it("takes as many channels as it has blocks", async () => {
    await outputsOf(await supervised({ outputStride: 4, decoderChannels: [16, 8, 8] }));
    await expect(supervised({ outputStride: 2, decoderChannels: [16, 16, 8, 8, 4] })).rejects.toMatchObject({
      code: "DECODER_MISMATCH",
      expected: "4 numbers, as the encoder halves the image 5 times and outputStride is 2",
    });
  });

  it("is rebuilt as it was, and absent from the options where it was not set", async () => {
    expect((await supervised({ outputStride: 2 })).rebuildOptions).toMatchObject({ outputStride: 2 });
    expect((await supervised()).rebuildOptions).not.toHaveProperty("outputStride");
  });
});

describe("model/unet", () => {
  it("gives a mask", async () => {
    const outputs = await outputsOf(await supervised());
    expect(Object.keys(outputs)).toEqual(["mask"]);
    expect(outputs.mask.shape).toEqual([BATCH, SIZE, SIZE, 1]);
  });

  it("has an image-level logit of the deepest feature where asked for, beside the same mask", async () => {
    const factory = await supervised({ imageLevelHead: true });
    expect(factory.traits?.outputs).toEqual(["mask", "imageLevel"]);
    const { mask, imageLevel } = await outputsOf(factory);
    expect(imageLevel.shape).toEqual([BATCH, 1, 1, 1]);
    expect(mask.data).toEqual((await outputsOf(await supervised())).mask.data);
  });
});

describe("initial weights from a file", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "eosin-initial-"));
    return () => rm(folder, { recursive: true });
  });

  it("set the whole network, or the encoder alone", async () => {
    const original = await (await multitask()).build(engine, seed(7));
    const [whole, encoder] = [join(folder, "whole.safetensors"), join(folder, "encoder.safetensors")];
    await saveWeights(original, whole);
    const ofEncoder = [...(await exportWeights(original))].filter(([name]) => name.startsWith("encoder."));
    await writeStoredTensors(encoder, new Map(ofEncoder));
    const fromWhole = await (await multitask({ weights: whole })).build(engine, seed());
    const fromEncoder = await (await supervised({ weights: encoder })).build(engine, seed());
    const plain = await (await supervised()).build(engine, seed());
    for (const name of original.parameters.keys()) {
      await expectEqual(fromWhole, original, name);
      if (name.startsWith("encoder.")) await expectEqual(fromEncoder, original, name);
    }
    await expectEqual(fromEncoder, plain, "segmentation_head.0.weight");
    for (const network of [original, fromWhole, fromEncoder, plain]) network.dispose();
  });

  it("are the published ones with pretrained: imagenet, once they were fetched", async () => {
    vi.stubEnv("EOSIN_CACHE", folder);
    const pretrained = () => supervised({ encoder: "efficientnet-b0", pretrained: "imagenet" });
    await expect((await pretrained()).build(engine, seed())).rejects.toMatchObject({
      code: "WEIGHTS_NOT_FETCHED",
      next: expect.stringContaining("pipe weights fetch efficientnet-b0"),
    });
    await expect((await supervised({ pretrained: "imagenet" })).build(engine, seed())).rejects.toMatchObject({
      code: "WEIGHTS_UNKNOWN",
    });
    const original = await (await supervised({ encoder: "efficientnet-b0" })).build(engine, seed(7));
    const ofEncoder = [...(await exportWeights(original))].filter(([name]) => name.startsWith("encoder."));
    await mkdir(weightsFolder());
    await writeStoredTensors(join(weightsFolder(), publishedWeights.get("efficientnet-b0")!.file), new Map(ofEncoder));
    const network = await (await pretrained()).build(engine, seed());
    for (const [name] of ofEncoder) await expectEqual(network, original, name);
    for (const each of [network, original]) each.dispose();
    vi.unstubAllEnvs();
  });

  it("must be this encoder's", async () => {
    const original = await (await supervised()).build(engine, seed());
    const path = join(folder, "tiny.safetensors");
    await saveWeights(original, path);
    original.dispose();
    const before = engine.tf.memory().numTensors;
    const other = (await supervised({ encoder: "efficientnet-b0", weights: path })).build(engine, seed());
    await expect(other).rejects.toMatchObject({ code: "WEIGHTS_MISMATCH", place: path });
    expect(engine.tf.memory().numTensors).toBe(before);
  });
});

it.each(["rgb", "od"])("learns: the loss of reconstructing %s and segmenting one batch falls", async (reconstruct) => {
  const network = await (await multitask({ reconstruct })).build(engine, seed());
  const parameters = [...network.parameters.values()].filter(({ trainable }) => trainable);
  const loss = reconstructionLoss({ segmentation: "mcc", alpha: 0.3, sparsity: 0 });
  const { tf } = engine;
  const step = engine.trainingStep({
    variables: new Map(parameters.map(({ name, variable }) => [name, variable])),
    objective(batch) {
      const { image, mask } = batch as unknown as LossBatch;
      const context = inference(() => expect.fail("drew without need"));
      const { total, terms } = loss.compute(tf, network.forward(image, context), { image, rgb: image, mask });
      return { loss: total, watch: terms };
    },
    update(gradients) {
      for (const { name, variable } of parameters) {
        variable.assign(tf.tidy(() => tf.sub(variable, tf.mul(gradients.get(name)!, 0.05))));
      }
    },
  });
  const shape = [BATCH, SIZE, SIZE];
  const mask = Float32Array.from({ length: BATCH * SIZE * SIZE }, (_, i) => Number(normalized[3 * i] > 0.3));
  const batch = { image: { data: normalized, shape: [...shape, 3] }, mask: { data: mask, shape: [...shape, 1] } };
  const first = await step.run([batch]);
  for (let i = 0; i < 25; i++) await step.run([batch]);
  const last = await step.run([batch]);
  network.dispose();
  expect(last.watch.segmentation).toBeLessThan(0.8 * first.watch.segmentation);
  expect(last.watch.reconstruction).toBeLessThan(first.watch.reconstruction);
});

describe("drop-connect", () => {
  it("zeroes a sample's branch with its probability and scales the others up", async () => {
    const layer = dropConnect(new ParameterStore(engine, seed()), "block", 0.25);
    const x = engine.tf.ones([4, 1, 1, 2]) as tfc.Tensor4D;
    const drawn = [0, 0.249, 0.251, 0.999];
    const context = inference((name, shape) => {
      expect([name, ...shape]).toEqual(["block.drop_connect", 4, 1, 1, 1]);
      return engine.tf.tensor4d(drawn, [4, 1, 1, 1]);
    });
    const kept = [...(await layer(x, context).data())].map((value) => value.toFixed(5));
    expect(kept).toEqual([0, 0, 0, 0, 4 / 3, 4 / 3, 4 / 3, 4 / 3].map((value) => value.toFixed(5)));
    expect(layer(x, inference())).toBe(x);
  });

  it.each([
    ["efficientnet-b0", 0.2, 9],
    ["tiny", 0.4, 3],
  ])(
    "of %s draws for its residual blocks alone, and not where the probability is zero",
    async (encoder, rate, count) => {
      const names: string[] = [];
      const draw = (name: string, shape: readonly number[]) => {
        names.push(name);
        return engine.tf.fill([...shape], 0.999);
      };
      await outputsOf(await supervised({ encoder, dropConnect: rate }), seed(), inference(draw));
      // Of B0's 16 blocks nine are residual; the first of tiny's four has the probability zero.
      expect(new Set(names).size).toBe(count);
      await outputsOf(
        await supervised({ encoder, dropConnect: 0 }),
        seed(),
        inference(() => expect.fail("drew without need")),
      );
    },
  );
});
