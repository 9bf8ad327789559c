import { expect, it } from "vitest";
import { densityPicture } from "./density-picture.js";

/** Light through 1.6 of density of the report's colours. */
const deepest = [
  [0.65, 0.7, 0.29],
  [0.07, 0.99, 0.11],
  [0.27, 0.57, 0.78],
  [0.58, 0.58, 0.58],
].map((vector) => vector.map((weight) => Math.round(255 * Math.exp(-1.6 * weight))));

it.each([1, 2, 3, 4])("draws each of %i stains from its own densities, in its own colour", (stains) => {
  // Stain s rises from 0 to s + 1, and every other one falls.
  const pixels = 101;
  const data = Float32Array.from({ length: pixels * stains }, (_, i) => {
    const [pixel, stain] = [Math.floor(i / stains), i % stains];
    return (stain + 1) * (stain % 2 ? pixels - 1 - pixel : pixel);
  });
  for (let stain = 0; stain < stains; stain++) {
    const picture = densityPicture({ data, stains }, stain);
    expect(picture).toHaveLength(pixels * 3);
    const [first, last] = [[...picture.slice(0, 3)], [...picture.slice(-3)]];
    expect(stain % 2 ? last : first).toEqual([255, 255, 255]);
    expect(stain % 2 ? first : last).toEqual(deepest[stain]);
  }
});

it("draws densities that are all alike as white", () => {
  expect(densityPicture({ data: new Float32Array(6).fill(0.3), stains: 3 }, 2)).toEqual(new Uint8Array(6).fill(255));
});
