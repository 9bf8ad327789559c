import { expect, test } from "vitest";
import { identityMap } from "../colour-spaces/byte-map.js";
import { goldenIds, goldenImage, goldenValues, hasGolden } from "../testing/golden.test-support.js";
import { degenerate, drawPatch, STAINS, shuffled, singleStain } from "../testing/patches.test-support.js";
import { learnTwoAtoms } from "./dictionary-learning.js";
import { opticalDensityTable } from "./optical-density.js";
import { estimateStains, measureBrightness } from "./spcn-estimate.js";
import { angleBetween, orderedStains, type StainMatrix } from "./stain-matrix.js";
import { sampleTissue } from "./tissue-sample.js";
import { isUnsuitable } from "./unsuitable.js";
import { weightedColours } from "./weighted-colours.js";

function matrixOf(image: Parameters<typeof estimateStains>[0]): StainMatrix {
  const stains = estimateStains(image);
  if (isUnsuitable(stains)) throw new Error(stains.unsuitable);
  return stains.matrix;
}

test("the stains that a patch was drawn with are found", () => {
  const [haematoxylin, eosin] = matrixOf(drawPatch(96, 96));
  expect(angleBetween(haematoxylin, STAINS[0])).toBeLessThan(10);
  expect(angleBetween(eosin, STAINS[1])).toBeLessThan(10);
});

test("the order of the pixels changes no bit of the matrix", () => {
  const image = drawPatch(80, 60);
  expect(matrixOf(shuffled(image))).toEqual(matrixOf(image));
});

test("every start ends in the same minimum", () => {
  const { packed } = sampleTissue(drawPatch(96, 96), identityMap);
  const colours = weightedColours(packed, opticalDensityTable());
  const starts: StainMatrix[] = [
    orderedStains([0.65, 0.7, 0.29], [0.07, 0.99, 0.11]),
    orderedStains([0.9, 0.1, 0.4], [0.2, 0.5, 0.84]),
    orderedStains([0.5, 0.5, 0.7], [0.3, 0.9, 0.3]),
  ];
  const ends = starts.map((start) => {
    const { atoms } = learnTwoAtoms(colours, { start });
    return orderedStains(atoms[0], atoms[1]);
  });
  for (const end of ends) {
    expect(angleBetween(end[0], ends[0][0])).toBeLessThan(1e-3);
    expect(angleBetween(end[1], ends[0][1])).toBeLessThan(1e-3);
  }
});

test.each([...Object.entries(degenerate), ["one stain", singleStain] as const])(
  "%s: says why, never NaN",
  (_, image) => {
    const stains = estimateStains(image);
    expect(isUnsuitable(stains) && stains.unsuitable).toMatch(/tissue|black|one (colour|stain)/);
  },
);

test.skipIf(!hasGolden)("stain matrices equal the exact minimum", async () => {
  for (const id of goldenIds) {
    const image = await goldenImage(id);
    const values = goldenValues(id);
    const brightness = measureBrightness(image);
    if (isUnsuitable(brightness)) throw new Error(brightness.unsuitable);
    expect(brightness.level).toBe(values.brightness_p90);
    expect(sampleTissue(image, brightness.map).packed.length).toBe(values.tissue_pixels_of_224x224);
    const matrix = matrixOf(image);
    for (const stain of [0, 1] as const) {
      expect(angleBetween(matrix[stain], values.cosas_exact.stain_matrix[stain])).toBeLessThan(1e-3);
      expect(angleBetween(matrix[stain], values.vahadane_cosas.stain_matrix_iter1000[stain])).toBeLessThan(0.04);
    }
  }
});
