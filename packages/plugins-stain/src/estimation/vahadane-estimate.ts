import type { RgbImage } from "@eosin/plugin-api/imaging";
import { identityMap } from "../colour-spaces/byte-map.js";
import type { DensitySource } from "./density-source.js";
import { clippedOpticalDensity } from "./optical-density.js";
import { estimateSpcn } from "./spcn-estimate.js";
import { sampleTissue } from "./tissue-sample.js";
import { isUnsuitable, type Unsuitable } from "./unsuitable.js";

/** As SPCN, but from every tissue pixel of the picture and without a brightness step (StainTools). */
export function estimateVahadane(image: RgbImage): DensitySource | Unsuitable {
  const tissue = sampleTissue(image, identityMap, Number.POSITIVE_INFINITY);
  const matrix = estimateSpcn(tissue, clippedOpticalDensity);
  return isUnsuitable(matrix) ? matrix : { opticalDensity: clippedOpticalDensity, matrix, solver: "sparse" };
}
