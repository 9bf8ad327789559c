import type { StepCost } from "@eosin/plugin-api/learning";
import { expect, test } from "vitest";
import { planBatch } from "./micro-batch.js";

/** 100 bytes of weights (100 more to accumulate gradients), 10 a sample. */
const measure = async (samples: number, accumulates: boolean): Promise<StepCost> => ({
  peakBytes: 100 + (accumulates ? 100 : 0) + 10 * samples,
  parameterBytes: 100,
  flops: samples,
});
const what = "training step";
const budget = (bytes: number) => ({ bytes, of: "the engine test" });

test("a batch that fits passes whole", async () => {
  expect(await planBatch(measure, 32, budget(420), { what })).toMatchObject({ microBatch: 32, passes: 1 });
});

test("one that does not is split into the fewest passes, of even size", async () => {
  expect(await planBatch(measure, 32, budget(419), { what })).toMatchObject({ microBatch: 16, passes: 2 });
  expect(await planBatch(measure, 32, budget(330), { what })).toMatchObject({ microBatch: 11, passes: 3 });
  expect(await planBatch(measure, 32, budget(210), { what })).toMatchObject({ microBatch: 1, passes: 32 });
});

test("the micro-batch asked for is kept", async () => {
  expect(await planBatch(measure, 32, budget(1000), { what, asked: 5 })).toMatchObject({ microBatch: 5, passes: 7 });
});

test("says what is needed and what there is where one sample does not fit", async () => {
  await expect(planBatch(measure, 32, budget(209), { what })).rejects.toMatchObject({
    code: "OUT_OF_MEMORY",
    expected: "at most 209 B (the engine test)",
    found: "210 B needed",
  });
  await expect(planBatch(measure, 32, budget(240), { what, asked: 8 })).rejects.toMatchObject({
    code: "OUT_OF_MEMORY",
    next: "Leave out microBatch, so that it is chosen to fit, or use a smaller one.",
  });
  await expect(planBatch(measure, 1, budget(100), { what })).rejects.toMatchObject({ code: "OUT_OF_MEMORY" });
});
