import type { Separator } from "@eosin/plugin-api/imaging";
import { measureDensities } from "../../separation/densities.js";
import { opticalDensityTable } from "../../separation/optical-density.js";
import { estimateStains } from "../../separation/spcn-estimate.js";
import { isUnsuitable } from "../../separation/unsuitable.js";

export function createSpcnSeparator(): Separator {
  return {
    separate(image) {
      const stains = estimateStains(image);
      if (isUnsuitable(stains)) return stains;
      const { width, height } = image;
      const data = measureDensities(image.data, {
        opticalDensity: opticalDensityTable(stains.brightness.map),
        matrix: stains.matrix,
        solver: "sparse",
      });
      return {
        stains: ["haematoxylin", "eosin"],
        matrix: stains.matrix,
        white: stains.brightness.level,
        densities: { width, height, stains: 2, data },
      };
    },
  };
}
