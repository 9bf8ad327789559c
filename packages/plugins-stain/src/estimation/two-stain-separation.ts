import type { DensityMap, RgbImage, StainSeparation } from "@eosin/plugin-api/imaging";
import { measureDensities } from "./densities.js";
import type { DensitySource } from "./density-source.js";

/**
 * Densities are measured when they are first asked for, which must be before the image's memory is given back: who only
 * wants the stains does not pay for them.
 * @param white The level of a pixel without stain, 1…255.
 */
export function separateTwoStains(
  { width, height, data }: RgbImage,
  source: DensitySource,
  white: number,
): StainSeparation {
  let densities: DensityMap | undefined;
  return {
    stains: ["haematoxylin", "eosin"],
    matrix: source.matrix,
    white,
    get densities() {
      densities ??= { width, height, stains: 2, data: measureDensities(data, source) };
      return densities;
    },
  };
}
