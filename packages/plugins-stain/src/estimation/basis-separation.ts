import type { RgbImage, StainSeparation } from "@eosin/plugin-api/imaging";
import { inverse } from "../colour-spaces/matrix3.js";
import { measureDensities } from "./densities.js";
import type { StainVector } from "./stain-matrix.js";

/** Stain vectors that are known beforehand. */
export interface StainBasis {
  /** Two or three unit rows. */
  readonly matrix: readonly StainVector[];
  readonly stains: readonly string[];
  /** The level of a pixel without stain, 1…255. */
  readonly white: number;
}

/** Two stains: sparse densities. Three: the one mixture that has the pixel's colour, negative densities cut to 0. */
export function separateByBasis(image: RgbImage, { matrix, stains, white }: StainBasis): StainSeparation {
  const { width, height } = image;
  const opticalDensity = Float64Array.from({ length: 256 }, (_, v) => Math.max(0, Math.log(white / Math.max(v, 1))));
  const data =
    matrix.length === 2
      ? measureDensities(image.data, { opticalDensity, matrix: [matrix[0], matrix[1]], solver: "sparse" })
      : unmixThree(image.data, opticalDensity, matrix);
  return { stains, matrix, white, densities: { width, height, stains: matrix.length, data } };
}

function unmixThree(rgb: Uint8Array, opticalDensity: Float64Array, [p, q, s]: readonly StainVector[]): Float32Array {
  const [a, b, c, d, e, f, g, h, i] = inverse([...p, ...q, ...s]);
  const densities = new Float32Array(rgb.length);
  for (let at = 0; at + 2 < rgb.length; at += 3) {
    const red = opticalDensity[rgb[at]];
    const green = opticalDensity[rgb[at + 1]];
    const blue = opticalDensity[rgb[at + 2]];
    densities[at] = Math.max(0, red * a + green * d + blue * g);
    densities[at + 1] = Math.max(0, red * b + green * e + blue * h);
    densities[at + 2] = Math.max(0, red * c + green * f + blue * i);
  }
  return densities;
}
