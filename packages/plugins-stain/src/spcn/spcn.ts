import { z } from "zod";
import { brightnessMap, brightnessOf, mapBytes } from "../separation/brightness.js";
import { recompose, sparseDensities } from "../separation/densities.js";
import { opticalDensityTable } from "../separation/optical-density.js";
import { estimateStains } from "../separation/spcn-estimate.js";
import type { StainMatrix } from "../separation/stain-matrix.js";
import { isUnsuitable } from "../separation/unsuitable.js";
import type { NormalizationMethod } from "../target/targeted-normalizer.js";

const vector = z.tuple([z.number(), z.number(), z.number()]);

/** Own densities with the target's stain matrix; brightness standardised before and after; densities not rescaled. */
export const spcnMethod: NormalizationMethod<{ readonly matrix: StainMatrix }> = {
  type: "stain/spcn",
  target: z.object({ matrix: z.tuple([vector, vector]) }),
  measure(image) {
    const stains = estimateStains(image);
    return isUnsuitable(stains) ? stains : { matrix: stains.matrix };
  },
  normalize(image, target) {
    const stains = estimateStains(image);
    if (isUnsuitable(stains)) return stains;
    const densities = new Float64Array(2 * image.width * image.height);
    sparseDensities(image.data, opticalDensityTable(stains.brightness.map), stains.matrix, densities);
    const data = new Uint8Array(image.data.length);
    recompose(densities, { matrix: target.matrix, white: 255, rounding: "truncate" }, data);
    const brightness = brightnessOf(data);
    if (brightness < 1) return { unsuitable: "it is black" };
    mapBytes(data, brightnessMap(brightness), data);
    return { width: image.width, height: image.height, data };
  },
};
