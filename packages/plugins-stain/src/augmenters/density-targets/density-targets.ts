import type { ComponentContext } from "@eosin/plugin-api";
import type { Augmenter, DensityMap, RgbImage } from "@eosin/plugin-api/imaging";
import type { z } from "@eosin/plugin-api/zod";
import { identityMap } from "../../colour-spaces/byte-map.js";
import { measureDensities } from "../../estimation/densities.js";
import { opticalDensityTable } from "../../estimation/optical-density.js";
import { type SeparatedStains, StainCache } from "../../estimation/stain-cache.js";
import { REFERENCE_STAINS } from "../../estimation/stain-matrix.js";
import { isUnsuitable, unsuitablePolicy } from "../../estimation/unsuitable.js";
import type { densityTargetsOptions } from "./options.js";

/** Haematoxylin and eosin: all that SPCN tells apart. */
const STAINS = 2;

const reference: SeparatedStains = { brightness: { level: 255, map: identityMap }, matrix: REFERENCE_STAINS };

/**
 * Sets `density` to the sparse densities of SPCN (two stains, haematoxylin first). It draws nothing, so that it belongs
 * before augmenters that keep densities in step with the picture. A patch that has no stains of its own to learn is
 * measured with the reference vectors of Ruifrok & Johnston, said once a patch: a batch needs a target for every sample.
 */
export function createDensityTargets({
  options,
  log,
}: ComponentContext<z.output<typeof densityTargetsOptions>>): Augmenter {
  const cache = new StainCache();
  const policy = unsuitablePolicy(
    "stain/density-targets",
    { unsuitable: options.unsuitable, log },
    "measured with reference stain vectors",
  );
  return {
    givesDensity: true,
    densityStains: STAINS,
    apply(sample) {
      const stains = cache.estimate(sample);
      if (!isUnsuitable(stains)) return { ...sample, density: measure(sample.image, stains) };
      policy.leave(sample.id, stains);
      return { ...sample, density: measure(sample.image, reference) };
    },
  };
}

function measure({ width, height, data }: RgbImage, { brightness, matrix }: SeparatedStains): DensityMap {
  const source = { opticalDensity: opticalDensityTable(brightness.map), matrix, solver: "sparse" } as const;
  return { width, height, stains: STAINS, data: measureDensities(data, source) };
}
