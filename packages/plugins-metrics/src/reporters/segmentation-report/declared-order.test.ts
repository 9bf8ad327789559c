import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JudgedPixels, Metric } from "@eosin/plugin-api/learning";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Case } from "./cases.js";
import { handle, report, writePredictions } from "./report.test-support.js";
import type { Results } from "./results.js";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eosin-order-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Wrong pixels: less is better, and none is perfect. */
const wrongPixels: Metric = {
  higherIsBetter: false,
  measure: ({ truth, prediction }: JudgedPixels) =>
    truth.reduce((sum, label, i) => sum + +(label !== prediction[i]), 0),
};
const further = { "toy/wrong-pixels": wrongPixels };
const metrics = [
  { uses: "toy/wrong-pixels", with: {}, kind: "metric" },
  { uses: "metrics/dice", with: {}, kind: "metric" },
];

/** Two predictors that a sweep tells apart, the second one worse. */
async function both() {
  const near = await writePredictions(folder, "near", { predictor: "near" }, { by: "near", fold: "fold-0" }, 0);
  const far = await writePredictions(folder, "far", { predictor: "far" }, { by: "far", fold: "fold-0" }, 3);
  return [far, near];
}

const casesIn = (html: string) =>
  [...html.matchAll(/<b>(best|median|worst)<\/b> <span class="soft small">(\S+) · \S+ · wrong-pixels (\S+),/g)].map(
    ([, rank, id, figure]) => [rank, id, Number(figure)] as [Case["rank"], string, number],
  );

describe("a metric of which less is better", () => {
  it("crowns the predictor with the least, and shows its worst patches as the worst", async () => {
    const artifacts = await both();
    const predictions = artifacts.map(({ instance }) => handle("predictions", instance));
    const options = { predictions, metrics, cases: 1 };
    const { written } = await report(artifacts, options, undefined, undefined, further);
    const html = written.get("index.html")!;
    const results = JSON.parse(written.get("results.json")!) as Results;
    expect(results.metrics).toEqual([
      { name: "wrong-pixels", higherIsBetter: false },
      { name: "dice", higherIsBetter: true },
    ]);
    const [far, near] = results.predictors;
    expect(near.overall["wrong-pixels"].mean).toBeLessThan(far.overall["wrong-pixels"].mean);
    expect(html).toContain(`<b>${near.overall["wrong-pixels"].mean.toFixed(3)}</b>`);
    expect(html).toContain("wrong-pixels, near");
    expect(html).toContain("<th>wrong-pixels ↓</th>");
    expect(html).toContain("↓: less is better.");
    const cases = casesIn(html);
    expect(cases.map(([rank]) => rank)).toEqual(["best", "median", "worst"]);
    const figures = cases.map(([, , figure]) => figure);
    expect(figures).toEqual([...figures].sort((a, b) => a - b));
    // The first patch of `near` is predicted as it is: it shows nothing.
    expect(cases.map(([, id]) => id)).not.toContain("a/1");
  });

  it("gets a strip whose axis holds its figures", async () => {
    const artifacts = await both();
    const predictions = artifacts.map(({ instance }) => handle("predictions", instance));
    const strip = async (first: typeof metrics) => {
      const options = { predictions, metrics: first };
      const { written } = await report(artifacts, options, undefined, undefined, further);
      return /<svg(?:(?!<\/svg>)[\s\S])*wrong-pixels of each patch/.exec(written.get("index.html")!)?.[0];
    };
    expect(await strip(metrics)).toMatch(/>\s*\d{2,3}\s*<\/text>/);
  });
});

describe("columns of one metric with other options", () => {
  it("are told apart", async () => {
    const artifacts = await both();
    const options = {
      predictions: artifacts.map(({ instance }) => handle("predictions", instance)),
      metrics: [1, 2].map((weight) => ({ uses: "toy/wrong-pixels", with: { weight }, kind: "metric" })),
    };
    const { written } = await report(artifacts, options, undefined, undefined, further);
    const { metrics: columns } = JSON.parse(written.get("results.json")!) as Results;
    expect(columns.map(({ name }) => name)).toEqual(["wrong-pixels weight 1", "wrong-pixels weight 2"]);
  });
});

describe("by", () => {
  it("gives figures by any attribute of the samples", async () => {
    const fold = await writePredictions(folder, "attributes", {}, { fold: "fold-0" }, 1);
    const samples = fold.value.samples.map((sample, index) => ({
      ...sample,
      ...(index < 4 && { attributes: { stainer: index % 2 === 0 ? "Leica" : "Roche" } }),
    }));
    const artifact = { ...fold, value: { ...fold.value, samples } };
    const options = { predictions: [handle("predictions", "attributes")], by: "stainer" };
    const { written } = await report([artifact], options);
    const { predictors, by } = JSON.parse(written.get("results.json")!) as Results;
    expect(by).toBe("stainer");
    expect(Object.keys(predictors[0].strata).sort()).toEqual(["Leica", "Roche", "–"]);
    const html = written.get("index.html")!;
    expect(html).toContain("By fold and by stainer");
    expect(html).not.toContain("scanners seen in training");
    const batches = await report([artifact], { ...options, protocol: "flattened-batch", batch: 2 });
    const flattened = JSON.parse(batches.written.get("results.json")!) as Results;
    expect(Object.keys(flattened.predictors[0].strata).sort()).toEqual(["Leica", "Roche", "–"]);
  });

  it("names the attributes that there are where it asks for another", async () => {
    const fold = await writePredictions(folder, "without", {}, { fold: "fold-0" }, 1);
    const samples = fold.value.samples.map((sample) => ({ ...sample, attributes: { stainer: "Leica" } }));
    const artifact = { ...fold, value: { ...fold.value, samples } };
    await expect(
      report([artifact], { predictions: [handle("predictions", "without")], by: "stain" }),
    ).rejects.toMatchObject({
      code: "UNKNOWN_ATTRIBUTE",
      expected: "one of domain, stainer",
      found: "stain",
      didYouMean: "stainer",
    });
  });
});
