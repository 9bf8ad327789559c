import type { RgbImage } from "@eosin/plugin-api/imaging";
import { identityMap } from "../colour/byte-map.js";
import { rescalingMethod } from "../normalization/rescaling-method.js";
import type { DensitySource } from "../separation/density-source.js";
import { clippedOpticalDensity } from "../separation/optical-density.js";
import { estimateSpcn } from "../separation/spcn-estimate.js";
import { sampleTissue } from "../separation/tissue-sample.js";
import { isUnsuitable, type Unsuitable } from "../separation/unsuitable.js";

/** As SPCN, but from every tissue pixel of the picture and without a brightness step (StainTools). */
export function estimateVahadane(image: RgbImage): DensitySource | Unsuitable {
  const tissue = sampleTissue(image, identityMap, Number.POSITIVE_INFINITY);
  const matrix = estimateSpcn(tissue, clippedOpticalDensity);
  return isUnsuitable(matrix) ? matrix : { opticalDensity: clippedOpticalDensity, matrix, solver: "sparse" };
}

export const vahadaneMethod = rescalingMethod("stain/vahadane", { estimate: estimateVahadane, white: 255 });
