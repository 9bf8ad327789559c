import type { RgbImage } from "@eosin/plugin-api/imaging";
import { rescalingMethod } from "../normalization/rescaling-method.js";
import type { DensitySource } from "../separation/density-source.js";
import { clippedOpticalDensity } from "../separation/optical-density.js";
import { REFERENCE_STAINS } from "../separation/stain-matrix.js";
import { ordinaryTissue, tissueShare } from "../separation/tissue.js";
import { tooLittleTissue, type Unsuitable } from "../separation/unsuitable.js";

/** Nothing is estimated: the reference vectors measure every picture, by least squares. */
function measureByReference({ data }: RgbImage): DensitySource | Unsuitable {
  const tooLittle = tooLittleTissue(tissueShare(data, ordinaryTissue));
  return tooLittle ?? { opticalDensity: clippedOpticalDensity, matrix: REFERENCE_STAINS, solver: "least-squares" };
}

export const ruifrokMethod = rescalingMethod("stain/ruifrok", { estimate: measureByReference, white: 255 });
