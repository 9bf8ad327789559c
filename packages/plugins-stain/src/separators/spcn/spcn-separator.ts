import type { Separator } from "@eosin/plugin-api/imaging";
import { opticalDensityTable } from "../../separation/optical-density.js";
import { estimateStains } from "../../separation/spcn-estimate.js";
import { separateTwoStains } from "../../separation/two-stain-separation.js";
import { isUnsuitable } from "../../separation/unsuitable.js";

export function createSpcnSeparator(): Separator {
  return {
    separate(image) {
      const stains = estimateStains(image);
      if (isUnsuitable(stains)) return stains;
      const { brightness, matrix } = stains;
      const source = { opticalDensity: opticalDensityTable(brightness.map), matrix, solver: "sparse" } as const;
      return separateTwoStains(image, source, brightness.level);
    },
  };
}
