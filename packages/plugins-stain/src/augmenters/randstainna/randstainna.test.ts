import { createRng } from "@eosin/plugin-api";
import { describe, expect, test } from "vitest";
import { buildAugmenter, sampleOf, stream } from "../../testing/build.test-support.js";
import { difference, goldenIds, goldenImage, goldenShared, hasGolden } from "../../testing/golden.test-support.js";
import { degenerate, drawPatch } from "../../testing/patches.test-support.js";
import { colourSpaces } from "./colour-space.js";
import { drawTarget } from "./randstainna.js";

const template = {
  average: { mean: [158, 151, 117], std: [20, 6, 5] },
  deviation: { mean: [34, 10, 9], std: [5, 2, 1.5] },
};
const still = (avg: number[], std: number[]) => ({
  average: { mean: avg, std: [0, 0, 0] },
  deviation: { mean: std, std: [0, 0, 0] },
});

describe.skipIf(!hasGolden)("against the original with a fixed template", () => {
  const run = async (space: "lab" | "hsv" | "hed", id: string) => {
    const { avg, std } = goldenShared().randstainna_templates[space.toUpperCase()];
    const { it } = await buildAugmenter("stain/randstainna", { colourSpace: space, template: still(avg, std) });
    const { image } = it.apply(sampleOf(await goldenImage(id)), createRng("golden"));
    return difference(image.data, (await goldenImage(id, `randstainna_${space}.png`)).data);
  };

  test.each(goldenIds)("LAB bit for bit: %s", async (id) => {
    expect((await run("lab", id)).largest).toBe(0);
  });

  test.each(goldenIds)("HSV within 1, but where its hue left 0…255 and is wrapped here: %s", async (id) => {
    expect((await run("hsv", id)).over[1]).toBeLessThan(1e-4);
  });

  test.each(goldenIds)("HED within 1, under 1 %% of values: %s", async (id) => {
    const { largest, over } = await run("hed", id);
    expect(largest).toBeLessThanOrEqual(1);
    expect(over[0]).toBeLessThan(0.01);
  });

  test("the template of the six images", async () => {
    const { it } = await buildAugmenter("stain/randstainna");
    const samples = await Promise.all(
      goldenShared().image_order.map(async (id: string) => sampleOf(await goldenImage(id), id)),
    );
    const state = (await it.fit?.(stream(samples))) as unknown as typeof template;
    const golden = goldenShared().randstainna_population_stats_cosas_on_these_six;
    for (let c = 0; c < 3; c++) {
      expect(state.average.mean[c]).toBeCloseTo(golden.avg_mean[c], 9);
      expect(state.average.std[c]).toBeCloseTo(golden.avg_std[c], 9);
      expect(state.deviation.mean[c]).toBeCloseTo(golden.std_mean[c], 9);
      expect(state.deviation.std[c]).toBeCloseTo(golden.std_std[c], 9);
    }
  });
});

test.each(["lab", "hsv", "hed"] as const)(
  "%s: fit, then the same key gives the same bytes and another key others",
  async (colourSpace) => {
    const samples = [1, 2, 3, 4].map((seed) => sampleOf(drawPatch(48, 40, undefined, seed), `patch-${seed}`));
    const state = await (await buildAugmenter("stain/randstainna", { colourSpace })).it.fit?.(stream(samples));
    const { it } = await buildAugmenter("stain/randstainna", { colourSpace }, JSON.parse(JSON.stringify(state)));
    const before = samples[0].image.data.slice();
    const one = it.apply(samples[0], createRng(1));
    expect(it.apply(samples[0], createRng(1)).image.data).toEqual(one.image.data);
    expect(it.apply(samples[0], createRng(2)).image.data).not.toEqual(one.image.data);
    expect(samples[0].image.data).toEqual(before);
  },
);

test("the drawn statistics are reached", () => {
  const target = { mean: [160, 150, 118], std: [25, 8, 6] } as const;
  const moved = colourSpaces.lab(drawPatch(96, 96)).move({ mean: [...target.mean], std: [...target.std] });
  const reached = colourSpaces.lab(moved).statistics;
  for (let c = 0; c < 3; c++) {
    expect(Math.abs(reached.mean[c] - target.mean[c])).toBeLessThan(1.5);
    expect(Math.abs(reached.std[c] - target.std[c])).toBeLessThan(1.5);
  }
});

describe("the distribution option decides how targets are drawn", () => {
  const deviationOf = (distribution: "normal" | "laplace" | "laplace-matched" | "uniform", stdHyper = 0) => {
    const rng = createRng("draws", distribution);
    const draws = Array.from(
      { length: 20000 },
      () => drawTarget(template as never, { distribution, stdHyper }, rng).mean[0],
    );
    const mean = draws.reduce((a, b) => a + b) / draws.length;
    expect(Math.abs(mean - 158)).toBeLessThan(1);
    return Math.sqrt(draws.reduce((sum, v) => sum + (v - mean) ** 2, 0) / draws.length) / 20;
  };

  test.each([
    ["normal", 1],
    ["laplace", Math.SQRT2],
    ["laplace-matched", 1],
    ["uniform", Math.sqrt(3)],
  ] as const)("%s: deviation × %d", (distribution, expected) => {
    expect(Math.abs(deviationOf(distribution) / expected - 1)).toBeLessThan(0.05);
  });

  test("stdHyper widens", () => {
    expect(deviationOf("normal", 0.5)).toBeCloseTo(1.5, 1);
    expect(deviationOf("normal", -1)).toBe(0);
  });

  test("no drawn deviation is negative", () => {
    const wide = { average: template.average, deviation: { mean: [1, 1, 1], std: [9, 9, 9] } };
    const rng = createRng("negative");
    for (let i = 0; i < 500; i++) {
      const { std } = drawTarget(wide as never, { distribution: "normal", stdHyper: 0 }, rng);
      expect(Math.min(...std)).toBeGreaterThanOrEqual(0);
    }
  });
});

test.each(Object.entries(degenerate).filter(([name]) => /white|almost/.test(name)))(
  "%s passes through, said once",
  async (name, image) => {
    const { it, warnings } = await buildAugmenter("stain/randstainna", { template });
    const sample = sampleOf(image, name);
    expect(it.apply(sample, createRng(1))).toBe(sample);
    expect(it.apply(sample, createRng(2))).toBe(sample);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(name);
  },
);

test("p = 0 changes nothing", async () => {
  const { it } = await buildAugmenter("stain/randstainna", { template, p: 0 });
  const sample = sampleOf(drawPatch());
  expect(it.apply(sample, createRng(1))).toBe(sample);
});

test("without a template it says what to do", async () => {
  const { it } = await buildAugmenter("stain/randstainna");
  expect(() => it.apply(sampleOf(drawPatch()), createRng(1))).toThrow(expect.objectContaining({ code: "NOT_FITTED" }));
  await expect(it.fit?.(stream([sampleOf(degenerate.white)]))).rejects.toMatchObject({ code: "TEMPLATE_EMPTY" });
});
