import type { Separator } from "@eosin/plugin-api/imaging";
import { opticalDensityTable } from "../../estimation/optical-density.js";
import { estimateStains } from "../../estimation/spcn-estimate.js";
import { separateTwoStains } from "../../estimation/two-stain-separation.js";
import { isUnsuitable } from "../../estimation/unsuitable.js";

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
