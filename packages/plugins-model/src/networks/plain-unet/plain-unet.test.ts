import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEngine } from "@eosin/engine";
import { createRng } from "@eosin/plugin-api";
import type { Network } from "@eosin/plugin-api/learning";
import { storedFloat32, toFloat32, writeStoredTensors } from "@eosin/plugin-api/tensor-file";
import { afterAll, describe, expect, it } from "vitest";
import { engineIdentity } from "../../testing/step-harness.test-support.js";
import { exportWeights } from "../../weights/network-weights.js";
import { stagesOf } from "../stages.js";
import { plainUnetOptions } from "./options.js";
import { createPlainUnet } from "./plain-unet.js";

// Outputs, gradients and names beside PyTorch's are in `networks/golden/nnunet.test.ts`.
const folder = mkdtempSync(join(tmpdir(), "eosin-plain-unet-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const engine = await openEngine(await engineIdentity("cpu"));
const tiny = { stages: 3, features: 2, convolutions: 1 };
const build = (options: object = {}): Promise<Network> =>
  createPlainUnet(plainUnetOptions.parse({ ...tiny, ...options })).build(engine, createRng(1));

describe("stages", () => {
  const of = (options: object) => stagesOf(plainUnetOptions.parse(options));

  it.each([
    [512, 8],
    [256, 7],
    [96, 5],
    [100, 5],
    [15, 2],
    [8, 2],
  ])("of patches of %i pixels: %i, the deepest of 4 pixels or more", (patch, stages) => {
    expect(of({ patch }).features).toHaveLength(stages);
    expect(of({ patch }).stride).toBe(2 ** (stages - 1));
  });

  it("have features that double, up to the most", () => {
    expect(of({ stages: 6 }).features).toEqual([32, 64, 128, 256, 512, 512]);
    expect(of({ stages: 3, features: 10, maxFeatures: 15 }).features).toEqual([10, 15, 15]);
  });

  it("are judged but for the coarsest, or as many as asked", () => {
    expect(of({ stages: 5 }).supervised).toEqual([2, 4]);
    expect(of({ stages: 2 }).supervised).toEqual([]);
    expect(of({ stages: 5, supervision: 3 }).supervised).toEqual([2, 4, 8]);
    expect(of({ stages: 5, supervision: 0 }).supervised).toEqual([]);
    expect(() => of({ stages: 5, supervision: 4 })).toThrow(
      expect.objectContaining({
        code: "STAGES_MISMATCH",
        place: "option supervision",
        expected: "at most 3, of 5 stages",
      }),
    );
  });
});

it("trains the heads alone whose outputs it gives", async () => {
  const network = await build({ supervision: 0 });
  const fixed = [...network.parameters.values()].filter(({ trainable }) => !trainable).map(({ name }) => name);
  expect(fixed).toEqual(["decoder.seg_layers.0.weight", "decoder.seg_layers.0.bias"]);
  network.dispose();
});

describe("initial weights", () => {
  it("are read under the second names' first ones, and heads of two logits as their difference", async () => {
    const network = await build();
    const weights = await exportWeights(network);
    network.dispose();
    const head = "decoder.seg_layers.1.weight";
    const file = join(folder, "weights.safetensors");
    const tensors = new Map(
      [...weights].flatMap(([name, tensor]) => {
        const { shape } = tensor;
        const values = toFloat32(tensor);
        if (name.startsWith("decoder.seg_layers.")) {
          const two = Float32Array.from({ length: 2 * values.length }, (_, i) =>
            i < values.length ? 0.25 : 0.25 + values[i - values.length],
          );
          return [[`module.${name}`, storedFloat32(two, [2, ...shape.slice(1)])] as const];
        }
        const second = name.replace(".conv.", ".all_modules.0.").replace(".norm.", ".all_modules.1.");
        const names = [name, second, ...(name.startsWith("encoder.") ? [`decoder.${name}`] : [])];
        return [...new Set(names)].map((each) => [`module.${each}`, tensor] as const);
      }),
    );
    await writeStoredTensors(file, tensors);
    const read = await build({ weights: file, stages: 3 });
    const found = await exportWeights(read);
    read.dispose();
    expect([...found.keys()]).toEqual([...weights.keys()]);
    for (const [name, tensor] of weights) {
      const [expected, values] = [toFloat32(tensor), toFloat32(found.get(name)!)];
      expect(values).toHaveLength(expected.length);
      for (const [i, value] of values.entries()) expect(value).toBeCloseTo(expected[i], 6);
    }
    expect(found.get(head)!.shape).toEqual([1, 2, 1, 1]);
  });

  it("of another network are refused, and nothing is left behind", async () => {
    const network = await build();
    const file = join(folder, "other.safetensors");
    await writeStoredTensors(file, await exportWeights(network));
    network.dispose();
    const before = engine.tf.memory().numTensors;
    await expect(build({ weights: file, stages: 4 })).rejects.toMatchObject({ code: "WEIGHTS_MISMATCH", place: file });
    expect(engine.tf.memory().numTensors).toBe(before);
  });
});
