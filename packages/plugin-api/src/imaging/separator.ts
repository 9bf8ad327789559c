import type { DensityMap, RgbImage } from "./image.js";

/** Why a method has nothing to work with in a patch: no stains to separate, no colours to measure. */
export interface Unsuitable {
  /** Completes "left as it is: …". */
  readonly unsuitable: string;
}

/** The stains of an image by Beer–Lambert: a pixel's light is white · exp(−densities · matrix). */
export interface StainSeparation {
  /** One a row of `matrix`, e.g. `haematoxylin`. */
  readonly stains: readonly string[];
  /** A row a stain: optical density (natural logarithm) of a unit of it in red, green and blue; of unit length. */
  readonly matrix: readonly (readonly [red: number, green: number, blue: number])[];
  /** The level of a pixel without stain, 0…255. */
  readonly white: number;
  readonly densities: DensityMap;
}

/**
 * Splits an image into stains. Deterministic; the input is not edited.
 * @example
 * ```ts
 * import type { Separator } from "@eosin/plugin-api/imaging";
 *
 * // One stain that absorbs all colours alike.
 * export const grey: Separator = {
 *   separate({ width, height, data }) {
 *     const unit = 1 / Math.sqrt(3);
 *     const densities = new Float32Array(width * height);
 *     for (const [i, value] of data.entries()) densities[Math.floor(i / 3)] -= unit * Math.log(Math.max(1, value) / 255);
 *     return {
 *       stains: ["grey"],
 *       matrix: [[unit, unit, unit]],
 *       white: 255,
 *       densities: { width, height, stains: 1, data: densities },
 *     };
 *   },
 * };
 * ```
 */
export interface Separator {
  separate(image: RgbImage): StainSeparation | Unsuitable;
}
