import { expect, test } from "vitest";
import { summarizeDomains } from "./domain-summary.js";
import { looked } from "./looked.test-support.js";

const png = { bytes: 1000, format: "png", bitDepth: 8 };
const stains = (angle: number, red: number) => ({
  angle,
  stains: [
    { name: "haematoxylin", vector: [red, Math.sqrt(1 - red * red), 0] as const },
    { name: "eosin", vector: [0, 1, 0] as const },
  ],
});

test("a summary a domain, in the order in which domains come up", () => {
  const [b, a, ...none] = summarizeDomains([
    looked(
      "b/0",
      { width: 64, height: 48, foreground: 0.5, mean: [100, 0, 10], contrast: 10 },
      { image: png, stains: stains(20, 0.6) },
    ),
    looked("a/0", {}, { image: { ...png, format: "tif", bitDepth: 16 } }),
    looked(
      "b/1",
      { width: 80, height: 40, foreground: 0, mean: [200, 0, 20], contrast: 12 },
      { image: png, stains: stains(30, 0.6) },
    ),
    looked(
      "b/2",
      { foreground: undefined, mean: [0, 0, 30], contrast: 90 },
      { image: { ...png, format: "jpg" }, stains: { unsuitable: "3.1 % of it is tissue, and 5 % are needed" } },
    ),
    looked(
      "b/3",
      { foreground: 1, mean: [100, 0, 20], contrast: 11 },
      { stains: { unsuitable: "0.0 % of it is tissue, and 5 % are needed" } },
    ),
  ]);
  expect(none).toEqual([]);
  expect(b).toEqual({
    domain: "b",
    samples: 4,
    masks: 3,
    withoutTumour: 1,
    foreground: 0.5,
    width: [64, 80],
    height: [40, 48],
    bytes: 3000,
    formats: [
      ["png", 2],
      ["jpg", 1],
    ],
    bitDepths: [[8, 3]],
    mean: [100, 0, 20],
    contrast: 11.5,
    sharpness: 900,
    stains: {
      vectors: [
        { name: "haematoxylin", vector: [expect.closeTo(0.6, 12), expect.closeTo(0.8, 12), 0] },
        { name: "eosin", vector: [0, 1, 0] },
      ],
      angle: 25,
      // One reason, whatever its figures.
      unsuitable: [["3.1 % of it is tissue, and 5 % are needed", 2]],
    },
  });
  expect(a).toMatchObject({ domain: "a", formats: [["tif", 1]], bitDepths: [[16, 1]] });
  expect(a).not.toHaveProperty("stains");
});

test("a domain of which no picture has stains, no mask and no file", () => {
  const [summary] = summarizeDomains([
    looked("a/0", { foreground: undefined }, { stains: { unsuitable: "it is grey" } }),
  ]);
  expect(summary).not.toHaveProperty("foreground");
  expect(summary).toMatchObject({
    masks: 0,
    bytes: 0,
    formats: [],
    stains: { vectors: [], unsuitable: [["it is grey", 1]] },
  });
  expect(summary.stains).not.toHaveProperty("angle");
});
