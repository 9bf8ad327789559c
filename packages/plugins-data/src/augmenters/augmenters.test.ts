import { createRng } from "@eosin/plugin-api";
import type { Augmenter, Sample } from "@eosin/plugin-api/imaging";
import { describe, expect, it } from "vitest";
import { createFlip } from "./flip/flip.js";
import { movePixels } from "./move-pixels.js";
import { createRotate90, rotationMove } from "./rotate90/rotate90.js";

/** A sample whose mask and densities can be told from its image: red is the pixel's number, and so are they. */
function numbered(width: number, height: number): Sample {
  const pixels = Array.from({ length: width * height }, (_, i) => i);
  return {
    id: "a/1",
    domain: "a",
    image: { width, height, data: Uint8Array.from(pixels.flatMap((i) => [i, 100 + i, 200 + i])) },
    mask: { width, height, data: Uint8Array.from(pixels) },
    density: { width, height, stains: 2, data: Float32Array.from(pixels.flatMap((i) => [i, i + 0.5])) },
  };
}

function red(sample: Sample): number[] {
  return [...sample.image.data].filter((_, i) => i % 3 === 0);
}

function expectTogether(sample: Sample): void {
  const places = red(sample);
  expect([...sample.mask!.data]).toEqual(places);
  expect([...sample.density!.data]).toEqual(places.flatMap((i) => [i, i + 0.5]));
  expect([...sample.image.data]).toEqual(places.flatMap((i) => [i, 100 + i, 200 + i]));
  expect(sample.mask).toMatchObject({ width: sample.image.width, height: sample.image.height });
}

describe("flip", () => {
  it.each([
    { horizontal: 1, vertical: 0, places: [2, 1, 0, 5, 4, 3] },
    { horizontal: 0, vertical: 1, places: [3, 4, 5, 0, 1, 2] },
    { horizontal: 1, vertical: 1, places: [5, 4, 3, 2, 1, 0] },
  ])("$horizontal, $vertical", ({ places, ...options }) => {
    const out = createFlip(options).apply(numbered(3, 2), createRng(1));
    expect(red(out)).toEqual(places);
    expectTogether(out);
  });
});

describe("quarter turns", () => {
  it.each([
    // As numpy.rot90 of [[0, 1, 2], [3, 4, 5]].
    { turns: 1, width: 2, places: [2, 5, 1, 4, 0, 3] },
    { turns: 2, width: 3, places: [5, 4, 3, 2, 1, 0] },
    { turns: 3, width: 2, places: [3, 0, 4, 1, 5, 2] },
  ])("$turns counter-clockwise", ({ turns, width, places }) => {
    const out = movePixels(numbered(3, 2), rotationMove(3, 2, turns));
    expect(out.image.width).toBe(width);
    expect(red(out)).toEqual(places);
    expectTogether(out);
  });

  it("draws 0 to 3 turns where it applies", () => {
    const seen = new Map<string, number>();
    const rotate = createRotate90({ p: 1 });
    for (let i = 0; i < 400; i++) {
      const key = red(rotate.apply(numbered(2, 2), createRng(7, i))).join("");
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    expect([...seen.keys()].sort()).toEqual(["0123", "1302", "2031", "3210"]);
    expect(Math.min(...seen.values())).toBeGreaterThan(60);
  });
});

describe.each<[string, Augmenter]>([
  ["flip", createFlip({ horizontal: 0.5, vertical: 0.5 })],
  ["rotate90", createRotate90({ p: 0.5 })],
])("%s", (_, augmenter) => {
  it("gives all four orders", () => {
    const draws = Array.from({ length: 200 }, (__, i) => red(augmenter.apply(numbered(4, 4), createRng(1, i))).join());
    expect(new Set(draws).size).toBe(4);
  });

  it("hands a sample through where the draw says so", () => {
    const sample = numbered(4, 4);
    const untouched = Array.from({ length: 100 }, (__, i) => augmenter.apply(sample, createRng(i)) === sample);
    expect(untouched).toContain(true);
    expect(untouched).toContain(false);
  });
});
