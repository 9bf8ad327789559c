import { openEngine } from "@eosin/engine";
import { createRng } from "@eosin/plugin-api";
import type { Engine, Network } from "@eosin/plugin-api/learning";
import { storedFloat32, toFloat32 } from "@eosin/plugin-api/tensor-file";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unetOf } from "../testing/networks.test-support.js";
import { exportWeights, importWeights } from "./network-weights.js";

let engine: Engine;
let network: Network;
beforeAll(async () => {
  engine = await openEngine({ name: "cpu", version: "test", precision: "float32", threads: 1, device: "cpu" });
  network = await (await unetOf({ encoder: "efficientnet-b0" })).build(engine, createRng(1));
});
afterAll(() => network.dispose());

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
