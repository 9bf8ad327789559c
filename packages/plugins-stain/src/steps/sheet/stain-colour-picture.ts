import type { DensityMap, RgbImage } from "@eosin/plugin-api/imaging";

type Vector = readonly [red: number, green: number, blue: number];

/** The colour of white light behind `density` of one stain (Beer–Lambert). @returns 0…255 each. */
export function stainColour(vector: Vector, density = 1): readonly [number, number, number] {
  const level = (c: number) => Math.max(0, Math.min(255, Math.round(255 * Math.exp(-density * vector[c]))));
  return [level(0), level(1), level(2)];
}

/** One stain's densities as light through that stain alone, on the scale that all pictures share. */
export function densityPicture({ width, height, stains, data }: DensityMap, stain: number, vector: Vector): RgbImage {
  const rgb = new Uint8Array(3 * width * height);
  for (let i = 0; i < width * height; i++) {
    const density = data[i * stains + stain];
    for (let c = 0; c < 3; c++) {
      rgb[3 * i + c] = Math.max(0, Math.min(255, Math.round(255 * Math.exp(-density * vector[c]))));
    }
  }
  return { width, height, data: rgb };
}
