import type { RgbImage, StainSeparation } from "@eosin/plugin-api/imaging";
import { measureDensities } from "./densities.js";
import type { DensitySource } from "./density-source.js";

/** @param white The level of a pixel without stain, 1…255. */
export function separateTwoStains(
  { width, height, data }: RgbImage,
  source: DensitySource,
  white: number,
): StainSeparation {
  return {
    stains: ["haematoxylin", "eosin"],
    matrix: source.matrix,
    white,
    densities: { width, height, stains: 2, data: measureDensities(data, source) },
  };
}
