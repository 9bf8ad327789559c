import type { RgbImage, Separator } from "@eosin/plugin-api/imaging";
import { describe, expect, it } from "vitest";
import { drawPatch } from "../datasets/synthetic/draw-patch.js";
import { medianVector, openSeparator, type StainFigures, stainFigures } from "./stain-figures.js";

const log = { info: () => {}, warn: () => {} };
const modules = {
  "@eosin/plugins-stain": new URL("../../../plugins-stain/dist/index.js", import.meta.url).href,
};

function told(figures: StainFigures) {
  if (!("stains" in figures)) throw new Error(figures.unsuitable);
  return figures;
}

describe("the separator of a look", () => {
  it("is there only where its plugin is", async () => {
    expect(await openSeparator({}, log)).toBeUndefined();
    expect(await openSeparator(modules, log)).toMatchObject({ separate: expect.any(Function) });
  });

  it("tells from every n-th pixel nearly what it tells from all", async () => {
    const separator = (await openSeparator(modules, log))!;
    const recipe = { seed: 5, scanner: "scanner-a", index: 0, size: 320, tumourFree: 0, confounders: 0.5, atypia: 0.5 };
    const { image } = await drawPatch("a", recipe);
    const { stains, angle } = told(stainFigures(separator, image));
    const whole = separator.separate(image);
    if ("unsuitable" in whole) throw new Error(whole.unsuitable);
    expect(stains.map(({ name }) => name)).toEqual(["haematoxylin", "eosin"]);
    stains.forEach(({ vector }, i) => {
      const along = vector.reduce((sum, value, c) => sum + value * whole.matrix[i][c], 0);
      expect((Math.acos(Math.min(1, along)) * 180) / Math.PI).toBeLessThan(1.5);
    });
    expect(angle).toBeGreaterThan(10);
    expect(angle).toBeLessThan(60);
  });

  it("says why there is nothing to tell", async () => {
    const separator = (await openSeparator(modules, log))!;
    const white: RgbImage = { width: 200, height: 150, data: new Uint8Array(200 * 150 * 3).fill(255) };
    expect(stainFigures(separator, white)).toEqual({ unsuitable: expect.stringContaining("tissue") });
  });
});

it("a separator sees 128 px at most, and the angle is that between its first two rows", () => {
  const seen: string[] = [];
  const separator: Separator = {
    separate(image) {
      seen.push(`${image.width}×${image.height}: ${image.data.length}`);
      return {
        stains: ["a", "b"],
        matrix: [
          [1, 0, 0],
          [0.5, Math.sqrt(3) / 2, 0],
        ],
        white: 255,
        densities: { width: image.width, height: image.height, stains: 2, data: new Float32Array() },
      };
    },
  };
  const measured = [
    [300, 150],
    [100, 128],
    [5000, 10],
  ].map(([width, height]) => stainFigures(separator, { width, height, data: new Uint8Array(width * height * 3) }));
  expect(seen).toEqual(["128×64: 24576", "100×128: 38400", "128×1: 384"]);
  expect(told(measured[0]).angle).toBeCloseTo(60, 10);
});

it("the median of vectors is of unit length, and one odd vector does not move it", () => {
  const median = medianVector([
    [0.6, 0.8, 0],
    [0.6, 0.8, 0],
    [0, 0, 1],
  ]);
  expect(median).toEqual([expect.closeTo(0.6, 12), expect.closeTo(0.8, 12), 0]);
  const [red, green] = medianVector([
    [1, 0, 0],
    [0, 1, 0],
  ]);
  expect([red, green]).toEqual([Math.SQRT1_2, Math.SQRT1_2].map((each) => expect.closeTo(each, 12)));
});
