import type { PlannedInputs } from "@eosin/plugin-api";
import { lossKind, networkKind, optimizerKind } from "@eosin/plugin-api";
import type { EngineIdentity } from "@eosin/plugin-api/learning";
import { expect, test } from "vitest";
import { contextFor, definitionOf, engineIdentity, handle, spec } from "../../testing/step-harness.test-support.js";

const trainer = definitionOf("model/trainer");
const estimate = (
  encoder: string,
  size: number,
  batch: number,
  alpha = 0.3,
  more: object = {},
  engine?: EngineIdentity,
  inputs?: PlannedInputs,
) =>
  trainer.estimate!(
    {
      ...contextFor(
        trainer.options.parse({
          split: handle("split", "folds"),
          size,
          batch,
          network: spec(networkKind, "model/multitask-unet", { encoder, weights: "absent.safetensors" }),
          loss: spec(lossKind, "model/segmentation-plus-reconstruction", { alpha }),
          optimizer: spec(optimizerKind, "model/adam"),
          ...more,
        }),
      ),
      inputs,
    },
    engine,
  );

test("the paper's step is measured without running it, nor reading its initial weights", async () => {
  const { peakBytes, flops, unit, remarks } = await estimate("efficientnet-b7", 640, 32);
  expect(unit).toBe("training step on 32 samples");
  expect(remarks[0]).toBe("multi-task U-Net, EfficientNet-B7: 70,404,641 parameters");
  expect(remarks[1]).toMatch(/one sample it would need \d\.\d GiB/);
  expect(peakBytes / 2 ** 30).toBeGreaterThan(80);
  expect(flops / 1e12).toBeGreaterThan(10);
});

test("costs grow with the batch, and nothing of one estimate stays for the next", async () => {
  const first = await estimate("tiny", 64, 4);
  const larger = await estimate("tiny", 64, 8);
  expect(larger.peakBytes).toBeGreaterThan(1.5 * first.peakBytes);
  expect(larger.flops / first.flops).toBeCloseTo(2, 1);
  expect(await estimate("tiny", 64, 4)).toEqual(first);
});

test.each([1, 2, 3])("densities of %i stains to learn from are measured", async (stains) => {
  const network = spec(networkKind, "model/multitask-unet", { encoder: "tiny", stains });
  const loss = (uses: string) => ({ network, loss: spec(lossKind, uses) });
  const { peakBytes } = await estimate("tiny", 64, 4, 0.3, loss("model/density-supervised"));
  const without = await estimate("tiny", 64, 4, 0.3, loss("model/segmentation"));
  // At least the targets themselves.
  expect(peakBytes - without.peakBytes).toBeGreaterThanOrEqual(4 * 64 * 64 * stains * 4);
});

test("refuses a size that the network cannot take", async () => {
  await expect(estimate("tiny", 50, 4)).rejects.toMatchObject({ code: "SIZE_NOT_MULTIPLE" });
});

test("the weight of a loss term costs nothing more", async () => {
  const first = await estimate("tiny", 64, 4, 0.1);
  expect(await estimate("tiny", 64, 4, 0.9)).toEqual(first);
  expect(await estimate("tiny", 64, 4, 0)).toMatchObject({ unit: first.unit });
});

test("a micro-batch that was asked for and does not fit is not said to be split", async () => {
  const wasm = await engineIdentity("wasm");
  const { remarks } = await estimate("tiny", 512, 64, 0.3, { microBatch: 32 }, wasm);
  expect(remarks.join("\n")).toContain("micro-batches of 32 do not fit. Leave microBatch out, or use a smaller one.");
  const free = await estimate("tiny", 512, 64, 0.3, {}, wasm);
  expect(free.remarks.join("\n")).toContain("batches are split into micro-batches");
});

test("of the machine's memory training takes what its step does, and no more than a split batch may fill", async () => {
  const wasm = await engineIdentity("wasm");
  const small = await estimate("tiny", 64, 4, 0.3, {}, wasm);
  expect(small.memoryBytes).toBe(small.peakBytes);
  const split = await estimate("tiny", 512, 64, 0.3, {}, wasm);
  expect(split.memoryBytes).toBeLessThan(split.peakBytes);
  expect(split.memoryBytes).toBeLessThanOrEqual(2 ** 32);
  const fixed = await estimate("tiny", 512, 64, 0.3, { microBatch: 32 }, wasm);
  expect(fixed.memoryBytes).toBe(fixed.peakBytes);
  expect((await estimate("tiny", 64, 4)).memoryBytes).toBeUndefined();
});

test("images that lose what a nucleus looks like are said, from the index of the split alone", async () => {
  const sized = (side: number) => {
    const samples = ["a/1", "a/2"].map((id) => ({ id, width: side, height: side }));
    const split = { key: "fold-0", dataset: { samples }, train: [], validation: [], test: [] };
    return { planned: ({ $artifact: { instance } }) => (instance === "folds" ? [split] : undefined) } as PlannedInputs;
  };
  const large = await estimate("tiny", 64, 4, 0.3, {}, undefined, sized(2560));
  expect(large.remarks.at(-1)).toBe(
    "images are 40 × larger than the network's input of 64 × 64 px, e.g. a/2: " +
      "what is smaller than 40 px, such as nuclei, is lost; cut them into patches first",
  );
  expect(await estimate("tiny", 64, 4, 0.3, {}, undefined, sized(511))).toEqual(await estimate("tiny", 64, 4));
});
