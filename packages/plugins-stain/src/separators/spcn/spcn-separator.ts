import type { Separator } from "@eosin/plugin-api/imaging";
import { sparseDensities } from "../../separation/densities.js";
import { opticalDensityTable } from "../../separation/optical-density.js";
import { estimateStains } from "../../separation/spcn-estimate.js";
import { isUnsuitable } from "../../separation/unsuitable.js";

export function createSpcnSeparator(): Separator {
  return {
    separate(image) {
      const stains = estimateStains(image);
      if (isUnsuitable(stains)) return stains;
      const { width, height } = image;
      const data = new Float32Array(2 * width * height);
      sparseDensities(image.data, opticalDensityTable(stains.brightness.map), stains.matrix, data);
      return {
        stains: ["haematoxylin", "eosin"],
        matrix: stains.matrix,
        white: stains.brightness.level,
        densities: { width, height, stains: 2, data },
      };
    },
  };
}
