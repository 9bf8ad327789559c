import { openEngine } from "@eosin/engine";
import { createRng } from "@eosin/plugin-api";
import type { Engine, Network } from "@eosin/plugin-api/learning";
import { type StoredTensor, storedFloat32, toFloat32 } from "@eosin/plugin-api/tensor-file";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unetOptions } from "../networks/unet/options.js";
import { createUnet } from "../networks/unet/unet.js";
import { encoderKeys } from "./encoder-keys.js";
import { exportWeights, importWeights } from "./network-weights.js";

/** Our name → timm's, for the layers of a block: the inverse of what is tested, written by hand. */
const timmFirstStage: { [ours: string]: string } = {
  _depthwise_conv: "conv_dw",
  _bn1: "bn1",
  _se_reduce: "se.conv_reduce",
  _se_expand: "se.conv_expand",
  _project_conv: "conv_pw",
  _bn2: "bn2",
};
const timmLaterStages: { [ours: string]: string } = {
  _expand_conv: "conv_pw",
  _bn0: "bn1",
  _depthwise_conv: "conv_dw",
  _bn1: "bn2",
  _se_reduce: "se.conv_reduce",
  _se_expand: "se.conv_expand",
  _project_conv: "conv_pwl",
  _bn2: "bn3",
};
const b0Stages = [1, 2, 2, 3, 3, 4, 1];

function timmName(ours: string): string {
  const outside = { _conv_stem: "conv_stem", _bn0: "bn1", _conv_head: "conv_head", _bn1: "bn2" };
  const block = /^_blocks\.(\d+)\.(\w+)\.(\w+)$/.exec(ours);
  if (!block) return ours.replace(/^\w+/, (layer) => outside[layer as keyof typeof outside]);
  let index = Number(block[1]);
  let stage = 0;
  while (index >= b0Stages[stage]) index -= b0Stages[stage++];
  return `blocks.${stage}.${index}.${(stage === 0 ? timmFirstStage : timmLaterStages)[block[2]]}.${block[3]}`;
}

let engine: Engine;
let network: Network;
let encoder: Map<string, StoredTensor>;
beforeAll(async () => {
  engine = await openEngine({ name: "cpu", version: "test", precision: "float32", threads: 1, device: "cpu" });
  network = await createUnet(unetOptions.parse({ encoder: "efficientnet-b0" })).build(engine, createRng(1));
  const all = await exportWeights(network);
  encoder = new Map([...all].filter(([name]) => name.startsWith("encoder.")));
});
afterAll(() => network.dispose());

const renamed = (rename: (bare: string) => string) =>
  new Map([...encoder].map(([name, tensor]) => [rename(name.slice("encoder.".length)), tensor]));

describe("keys of a lone encoder", () => {
  const scalar = storedFloat32(new Float32Array(1), []);

  it.each<[string, (bare: string) => string]>([
    ["lukemelas", (name) => name],
    ["timm", timmName],
    ["a data-parallel wrapper", (name) => `module.${name}`],
    ["ours", (name) => `encoder.${name}`],
  ])("of %s become ours", (_, rename) => {
    const mapped = encoderKeys(renamed(rename));
    expect([...mapped.keys()]).toEqual([...encoder.keys()]);
    for (const [name, tensor] of mapped) expect(tensor).toBe(encoder.get(name));
  });

  it("lose the classifier and the batch counters", () => {
    const extra = [
      "_fc.weight",
      "_fc.bias",
      "classifier.weight",
      "_bn0.num_batches_tracked",
      "blocks.0.0.bn1.num_batches_tracked",
    ];
    const mapped = encoderKeys(new Map([...renamed(timmName), ...extra.map((name) => [name, scalar] as const)]));
    expect(mapped.size).toBe(encoder.size);
  });
});

describe("weights of a network", () => {
  it("come back as they went, filters transposed to OIHW", async () => {
    const weights = await exportWeights(network);
    expect(weights.get("encoder._conv_stem.weight")!.shape).toEqual([32, 3, 3, 3]);
    expect(weights.get("encoder._blocks.3._depthwise_conv.weight")!.shape).toEqual([144, 1, 5, 5]);
    const numbered = new Map(
      [...weights].map(([name, { shape, bytes }]) => [
        name,
        storedFloat32(
          Float32Array.from({ length: bytes.length / 4 }, (_, i) => i),
          shape,
        ),
      ]),
    );
    importWeights(engine, network, numbered, "test");
    const stem = network.parameters.get("encoder._conv_stem.weight")!.variable;
    // Filter 5, input channel 2, row 1, column 0 of (32,3,3,3).
    expect(((await stem.array()) as number[][][][])[1][0][2][5]).toBe(5 * 27 + 2 * 9 + 1 * 3 + 0);
    const depthwise = network.parameters.get("encoder._blocks.3._depthwise_conv.weight")!.variable;
    expect(((await depthwise.array()) as number[][][][])[4][2][7][0]).toBe(7 * 25 + 4 * 5 + 2);
    const back = await exportWeights(network);
    for (const [name, { bytes }] of back) expect(Buffer.compare(bytes, numbered.get(name)!.bytes), name).toBe(0);
    importWeights(engine, network, weights, "test");
  });

  it("name all that does not fit, and change nothing then", async () => {
    const weights = await exportWeights(network);
    const stem = weights.get("encoder._conv_stem.weight")!;
    weights.delete("encoder._bn0.weight");
    weights.set("encoder._bn0.wieght", storedFloat32(new Float32Array(32).fill(9), [32]));
    weights.set("encoder._bn0.bias", storedFloat32(new Float32Array(31), [31]));
    weights.set(
      "encoder._conv_stem.weight",
      storedFloat32(
        toFloat32(stem).map(() => 9),
        stem.shape,
      ),
    );
    expect(() => importWeights(engine, network, weights, "some.pth")).toThrow(
      expect.objectContaining({
        code: "WEIGHTS_MISMATCH",
        place: "some.pth",
        found:
          "1 missing: encoder._bn0.weight; 1 unexpected: encoder._bn0.wieght; " +
          "1 of another shape: encoder._bn0.bias is [31], not [32]",
        didYouMean: "encoder._bn0.wieght for encoder._bn0.weight",
      }),
    );
    const now = (await exportWeights(network)).get("encoder._conv_stem.weight")!;
    expect(Buffer.compare(now.bytes, stem.bytes)).toBe(0);
  });
});
