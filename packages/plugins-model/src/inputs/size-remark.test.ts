import { lossKind, networkKind } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { diskSplit, engineIdentity, handle, runStep, spec } from "../testing/step-harness.test-support.js";
import { sizeRemark, smallRemark } from "./size-remark.js";

const square = (...sides: readonly number[]) => sides.map((side, i) => ({ id: `a/${i}`, width: side, height: side }));
const input = { width: 64, height: 64 };

test("says how much larger images are than the input from 8 × on", () => {
  expect(sizeRemark(square(511, 511), input)).toBeUndefined();
  expect(sizeRemark(square(512, 512), input)).toMatch(/^images are 8 × larger .* input of 64 × 64 px, e\.g\. a\/1: /);
  expect(sizeRemark(square(64, 640, 64), input)).toMatch(/^1 of 3 images is 10 × larger .*, e\.g\. a\/1: /);
  expect(sizeRemark(square(640, 1280, 64), input)).toMatch(/^2 of 3 images are 20 × larger /);
  expect(sizeRemark([{ id: "wide", width: 4096, height: 64 }], input)).toMatch(/^images are 8 × larger /);
  expect(sizeRemark([], input)).toBeUndefined();
});

test("says how much is lost at a factor of their own sides", () => {
  expect(sizeRemark(square(400, 40), { factor: 0.126 })).toBeUndefined();
  expect(sizeRemark(square(400, 40), { factor: 0.1 })).toMatch(/^images are 10 × larger than the network sees them, /);
});

test("says how many images windows reach past", () => {
  expect(smallRemark(square(64, 128), { factor: 1 }, input)).toBeUndefined();
  expect(smallRemark(square(64, 127, 129), { factor: 0.5 }, input)).toMatch(
    /^1 of 3 images is smaller at this scale than the window of 64 × 64 px, e\.g\. a\/0: /,
  );
  expect(smallRemark(square(64, 10), { width: 64, height: 64 }, input)).toBeUndefined();
});

test("a training warns of it once", async () => {
  const train = (side: number) =>
    runStep(
      "model/trainer",
      {
        split: handle("split", "folds"),
        size: 32,
        batch: 4,
        epochs: 1,
        network: spec(networkKind, "model/unet", { encoder: "tiny" }),
        loss: spec(lossKind, "model/segmentation"),
        workers: 0,
      },
      { artifacts: { folds: { value: diskSplit({ train: 4, validation: 0, test: 1 }, side) } }, engine },
    );
  const engine = await engineIdentity("wasm");
  const said = (log: readonly string[]) => log.filter((line) => line.includes("larger than the network's input"));
  expect(said((await train(320)).log)).toEqual([
    expect.stringMatching(/^warning: images are 10 × larger than the network's input of 32 × 32 px, e\.g\. .*first\.$/),
  ]);
  expect(said((await train(64)).log)).toEqual([]);
});
