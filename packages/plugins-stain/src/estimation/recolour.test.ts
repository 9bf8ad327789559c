import { createRng } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { identityMap } from "../colour-spaces/byte-map.js";
import { difference } from "../testing/golden.test-support.js";
import { drawPatch, STAINS } from "../testing/patches.test-support.js";
import { recolourInDoubles } from "./densities.test-support.js";
import type { DensitySource } from "./density-source.js";
import { opticalDensityTable } from "./optical-density.js";
import { type Recomposition, recolour } from "./recolour.js";
import { orderedStains, type StainMatrix } from "./stain-matrix.js";
import { darkTissue } from "./tissue.js";

const rng = createRng("recolour");
const sparse: DensitySource = {
  opticalDensity: opticalDensityTable(),
  matrix: orderedStains([0.6, 0.7, 0.3], [0.1, 0.95, 0.3]),
  solver: "sparse",
};
const target: StainMatrix = orderedStains([0.5, 0.8, 0.33], [-0.02, 0.9, 0.42]);
const cases: readonly (readonly [string, DensitySource, Recomposition])[] = [
  ["sparse", sparse, { matrix: target, white: 255, rounding: "truncate" }],
  [
    "scaled and shifted",
    sparse,
    { matrix: target, white: 231.7, scale: [1.7, 0.2], shift: [-0.3, 0.2], rounding: "nearest" },
  ],
  ["a stain scaled away", sparse, { matrix: target, white: 255, scale: [0, 1], rounding: "nearest" }],
  ["twenty times as strong", sparse, { matrix: sparse.matrix, white: 255, scale: [20, 20], rounding: "truncate" }],
  [
    "tissue only",
    sparse,
    { matrix: target, white: 240, shift: [0.4, 0], rounding: "nearest", tissue: darkTissue(identityMap) },
  ],
  [
    "least squares",
    { ...sparse, solver: "least-squares" },
    { matrix: target, white: 240, scale: [1.2, 0.9], rounding: "truncate" },
  ],
];

const row = (data: Uint8Array) => ({ width: data.length / 3, height: 1, data });

test.each(cases)("%s: the kernel equals its float64 twin, whatever the size", (_, source, how) => {
  for (const pixels of [1, 2, 3, 5, 255, 258, 32_769, 70_001]) {
    const rgb = Uint8Array.from({ length: 3 * pixels }, () => rng.integer(256));
    const before = rgb.slice();
    const { largest, over } = difference(recolour(row(rgb), source, how).data, recolourInDoubles(rgb, source, how));
    expect(largest).toBeLessThanOrEqual(1);
    expect(over[0]).toBeLessThan(pixels < 1000 ? 0.01 : 1e-3);
    expect(rgb).toEqual(before);
  }
});

test("separating with the true stains and recomposing returns the picture within rounding", () => {
  const image = drawPatch();
  const source: DensitySource = { opticalDensity: opticalDensityTable(), matrix: STAINS, solver: "least-squares" };
  const back = recolour(image, source, { matrix: STAINS, white: 255, rounding: "nearest" });
  expect(difference(back.data, image.data).largest).toBeLessThanOrEqual(2);
});
