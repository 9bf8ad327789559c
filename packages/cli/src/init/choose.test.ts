import type { EngineIdentity } from "@eosin/plugin-api/learning";
import { describe, expect, it } from "vitest";
import { chooseRecipe } from "./choose-recipe.js";
import { chooseSchedule, usualBatch } from "./choose-schedule.js";
import { dataFacts } from "./data-facts.js";

const cpu: EngineIdentity = { name: "torch", version: "1", precision: "float32", threads: 2, device: "cpu" };
const gpu: EngineIdentity = { ...cpu, threads: 16, device: "cuda:0" };
const gib = 2 ** 30;

interface Drawn {
  readonly domains?: readonly number[];
  readonly sides?: readonly (readonly [width: number, height: number])[];
  readonly tumour?: readonly number[];
}

/** @param domains Patches of each. @param sides, @param tumour Of the patches, in turns. */
function facts({ domains = [60], sides = [[256, 256]], tumour = [0.3] }: Drawn = {}) {
  let at = 0;
  return dataFacts(
    domains.flatMap((count, d) =>
      Array.from({ length: count }, () => {
        const [width, height] = sides[at % sides.length];
        const share = tumour[at % tumour.length];
        return { id: `${at++}`, domain: `d${d}`, width, height, tumour: share };
      }),
    ),
  );
}

const recipe = (drawn: Drawn, engine = cpu, missing?: string) => chooseRecipe(facts(drawn), engine, missing);

describe("scale and window", () => {
  it.each([
    ["their own, where it is a multiple of the stride", [[256, 256]], cpu, 256, 256],
    [
      "nearly their own, stretched to one square",
      [
        [349, 309],
        [349, 397],
      ],
      cpu,
      352,
      256,
    ],
    ["as much as two cores train on", [[1000, 1000]], cpu, 384, 256],
    ["a quarter at least", [[4000, 4000]], cpu, 1024, 256],
    ["more on a GPU", [[1500, 1500]], gpu, 1024, 512],
    ["small ones", [[60, 64]], cpu, 64, 64],
    ["smaller than the stride", [[20, 20]], cpu, 32, 32],
    ["a factor, where shapes differ", [[300, 900]], cpu, { factor: 0.42 }, 96],
    ["their own size, where shapes differ", [[100, 200]], cpu, { factor: 1 }, 96],
  ] as const)("%s", (_, sides, engine, scale, window) => {
    const chosen = recipe({ sides }, engine);
    expect([chosen.scale.value, chosen.window.value]).toEqual([scale, window]);
  });
});

describe("the split", () => {
  it.each([
    ["leaves each of three domains out", [30, 20, 10], "data/leave-one-domain-out", { validation: 0.2 }, 3],
    [
      "leaves the four largest of many out",
      [9, 8, 7, 6, 5],
      "data/leave-one-domain-out",
      { domains: ["d0", "d1", "d2", "d3"] },
      4,
    ],
    ["has four folds of one or two domains", [40, 20], "data/stratified-kfold", { k: 4 }, 4],
    ["is plain where patches are few", [30], "data/holdout", { test: 0.2 }, 1],
    ["keeps no proportion where a domain is too small for it", [60, 2], "data/stratified-kfold", { by: "none" }, 4],
  ] as const)("%s", (_, domains, uses, options, folds) => {
    expect(recipe({ domains }).split.value).toMatchObject({ uses, options, folds });
  });
});

it("whether there is tumour is asked only where patches are free of it", () => {
  expect(recipe({ tumour: [0.3] }).presence.value).toEqual([0]);
  const { value, why } = recipe({ tumour: [0.3, 0] }).presence;
  expect(value).toContain(0.9);
  expect(why).toContain("30 of 60 patches");
});

it("windows are laid around tumour the more, the rarer it is", () => {
  expect([0.9, 0.5, 0.01].map((share) => recipe({ tumour: [share] }).tumour.value)).toEqual([0, 0.33, 0.5]);
});

it("the encoder follows the data, the device and the weights that are here", () => {
  const chosen = ({ encoder, pretrained, encoderRate }: ReturnType<typeof recipe>) => [
    encoder.value,
    pretrained.value,
    encoderRate.value,
  ];
  expect(chosen(recipe({}))).toEqual(["efficientnet-lite0", "imagenet", 0.27]);
  expect(chosen(recipe({}, gpu))).toEqual(["efficientnet-lite2", "imagenet", 0.27]);
  expect(chosen(recipe({}, cpu, "Fetch them."))).toEqual(["efficientnet-lite0", "none", 1]);
  expect(recipe({}, cpu, "Fetch them.").pretrained.why).toContain("Fetch them.");
  expect(chosen(recipe({ domains: [12] }))).toEqual(["tiny", "none", 1]);
  expect(chosen(recipe({ sides: [[64, 64]] }))).toEqual(["tiny", "none", 1]);
});

describe("the length of a training", () => {
  const cost = { batch: 8, flops: 50e9, peakBytes: gib };

  it("is about an hour where the machine is what limits it", () => {
    const { steps, seconds, epochs, batches } = chooseSchedule(cost, 10_000, 16 * gib, { ...cpu, threads: 1 });
    expect(steps).toBe(epochs.value * batches.value);
    expect(seconds).toBeGreaterThan(3500);
    expect(seconds).toBeLessThan(3700);
    expect(batches.why).toContain("about an hour");
  });

  it("is less where each patch was seen often enough by then, and never a handful of steps", () => {
    const few = chooseSchedule(cost, 50, 16 * gib, cpu);
    expect(few.steps * cost.batch).toBeCloseTo(200 * 50, -3);
    expect(few.batches.why).toContain("50 patches that train");
    expect(chooseSchedule({ ...cost, flops: 1e15 }, 50, 16 * gib, cpu).steps).toBe(200);
  });

  it("averages weights over about a tenth of it", () => {
    expect(chooseSchedule(cost, 72, 16 * gib, cpu)).toMatchObject({ steps: 1800, average: { value: 0.994 } });
  });

  it("says what figures it was estimated by, and which of them are guesses", () => {
    expect(chooseSchedule(cost, 50, 16 * gib, cpu).batches.why).toContain("60 GFLOP/s (30 a core");
    expect(chooseSchedule(cost, 50, 16 * gib, gpu).batches.why).toContain("a guess");
    expect([usualBatch(cpu), usualBatch(gpu)]).toEqual([8, 16]);
  });
});
