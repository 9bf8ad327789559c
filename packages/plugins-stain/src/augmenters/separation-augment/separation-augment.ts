import type { ComponentContext } from "@eosin/plugin-api";
import type { Augmenter, DensityMap } from "@eosin/plugin-api/imaging";
import type { z } from "@eosin/plugin-api/zod";
import { opticalDensityTable } from "../../estimation/optical-density.js";
import { recolour } from "../../estimation/recolour.js";
import { StainCache } from "../../estimation/stain-cache.js";
import { darkTissue, isTissue, type TissueRule } from "../../estimation/tissue.js";
import { isUnsuitable, turnedBlack, unsuitablePolicy } from "../../estimation/unsuitable.js";
import { macenkoStains } from "./macenko-stains.js";
import type { separationAugmentOptions } from "./options.js";
import { drawPerturbation, type Perturbation } from "./perturbation.js";

/**
 * Stain-separation augmentation: the stains are separated, each stain's densities are scaled and shifted
 * and its colour's saturation and value scaled, and the picture is recomposed from them, with its own brightness.
 * Density targets that the sample carries are scaled and shifted alike, so that they describe the new picture.
 */
export function createSeparationAugment({
  options,
  log,
}: ComponentContext<z.output<typeof separationAugmentOptions>>): Augmenter {
  const estimator = options.separation === "macenko" ? macenkoStains : new StainCache();
  const policy = unsuitablePolicy("stain/separation-augment", { unsuitable: options.unsuitable, log });
  return {
    apply(sample, rng) {
      if (!rng.chance(options.p)) return sample;
      const stains = estimator.estimate(sample);
      if (isUnsuitable(stains)) {
        policy.leave(sample.id, stains);
        return sample;
      }
      const { level, map } = stains.brightness;
      const tissue = options.pixels === "tissue" ? darkTissue(map, options.tissueLightness) : undefined;
      const perturbation = drawPerturbation(stains.matrix, options, rng);
      const image = recolour(
        sample.image,
        { opticalDensity: opticalDensityTable(map), matrix: stains.matrix, solver: "sparse" },
        { ...perturbation, white: level, rounding: "nearest", tissue },
      );
      const flaw = turnedBlack(sample.image.data, image.data);
      if (flaw) {
        policy.leave(sample.id, flaw);
        return sample;
      }
      if (!sample.density) return { ...sample, image };
      return { ...sample, image, density: perturbDensities(sample.density, sample.image.data, perturbation, tissue) };
    },
  };
}

function perturbDensities(
  density: DensityMap,
  rgb: Uint8Array,
  { scale, shift }: Perturbation,
  tissue?: TissueRule,
): DensityMap {
  const data = density.data.slice();
  for (let pixel = 0, at = 0; at + 1 < data.length; pixel += 3, at += density.stains) {
    if (tissue !== undefined && !isTissue(tissue, rgb[pixel], rgb[pixel + 1], rgb[pixel + 2])) continue;
    data[at] = Math.max(0, data[at] * scale[0] + shift[0]);
    data[at + 1] = Math.max(0, data[at + 1] * scale[1] + shift[1]);
  }
  return { ...density, data };
}
