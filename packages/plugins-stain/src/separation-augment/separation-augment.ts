import type { ComponentContext } from "@eosin/plugin-api";
import type { Augmenter, DensityMap } from "@eosin/plugin-api/imaging";
import type { z } from "zod";
import { mapBytes } from "../separation/brightness.js";
import { recompose, sparseDensities } from "../separation/densities.js";
import { opticalDensityTable } from "../separation/optical-density.js";
import { StainCache } from "../separation/stain-cache.js";
import { tissueMask } from "../separation/tissue.js";
import { isUnsuitable, unsuitablePolicy } from "../separation/unsuitable.js";
import type { separationAugmentOptions } from "./definition.js";
import { drawPerturbation, type Perturbation } from "./perturbation.js";

/**
 * Stain-separation augmentation: the stains are separated as SPCN does, each stain's densities are scaled and shifted
 * and its colour's saturation and value scaled, and the picture is recomposed from them, with its own brightness.
 * Density targets that the sample carries are scaled and shifted alike, so that they describe the new picture.
 */
export function createSeparationAugment({
  options,
  log,
}: ComponentContext<z.output<typeof separationAugmentOptions>>): Augmenter {
  const cache = new StainCache();
  const policy = unsuitablePolicy("stain/separation-augment", { unsuitable: options.unsuitable, log });
  return {
    apply(sample, rng) {
      if (!rng.chance(options.p)) return sample;
      const stains = cache.estimate(sample);
      if (isUnsuitable(stains)) {
        policy.leave(sample.id, stains);
        return sample;
      }
      const { width, height, data: source } = sample.image;
      const { level, map } = stains.brightness;
      const densities = new Float32Array(2 * width * height);
      sparseDensities(source, opticalDensityTable(map), stains.matrix, densities);
      const data = new Uint8Array(source.length);
      let mask: Uint8Array | undefined;
      if (options.pixels === "tissue") {
        mapBytes(source, map, data);
        mask = tissueMask(data, options.tissueLightness);
        data.set(source);
      }
      const perturbation = drawPerturbation(stains.matrix, options, rng);
      recompose(densities, { ...perturbation, white: level, rounding: "nearest", mask }, data);
      const image = { width, height, data };
      if (!sample.density) return { ...sample, image };
      return { ...sample, image, density: perturbDensities(sample.density, perturbation, mask) };
    },
  };
}

function perturbDensities(density: DensityMap, { scale, shift }: Perturbation, mask?: Uint8Array): DensityMap {
  const data = density.data.slice();
  for (let pixel = 0, at = 0; at + 1 < data.length; pixel++, at += density.stains) {
    if (mask !== undefined && mask[pixel] === 0) continue;
    data[at] = Math.max(0, data[at] * scale[0] + shift[0]);
    data[at + 1] = Math.max(0, data[at + 1] * scale[1] + shift[1]);
  }
  return { ...density, data };
}
