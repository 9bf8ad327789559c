import type { RgbImage } from "@eosin/plugin-api/imaging";
import type { DensitySource } from "../../estimation/density-source.js";
import { clippedOpticalDensity } from "../../estimation/optical-density.js";
import { REFERENCE_STAINS } from "../../estimation/stain-matrix.js";
import { ordinaryTissue, tissueShare } from "../../estimation/tissue.js";
import { tooLittleTissue, type Unsuitable } from "../../estimation/unsuitable.js";
import { rescalingMethod } from "../target/rescaling-method.js";

/** Nothing is estimated: the reference vectors measure every picture, by least squares. */
function measureByReference({ data }: RgbImage): DensitySource | Unsuitable {
  const tooLittle = tooLittleTissue(tissueShare(data, ordinaryTissue));
  return tooLittle ?? { opticalDensity: clippedOpticalDensity, matrix: REFERENCE_STAINS, solver: "least-squares" };
}

export const ruifrokMethod = rescalingMethod("stain/ruifrok", { estimate: measureByReference, white: 255 });
