import type { RgbImage } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";
import type { DensitySource } from "../../estimation/density-source.js";
import { recolour } from "../../estimation/recolour.js";
import type { StainMatrix } from "../../estimation/stain-matrix.js";
import { strongestDensities } from "../../estimation/strongest-densities.js";
import { isUnsuitable, type Unsuitable } from "../../estimation/unsuitable.js";
import type { NormalizationMethod } from "./normalization-method.js";

export interface RescalingTarget {
  readonly matrix: StainMatrix;
  /** The 99th percentiles of the densities, haematoxylin first. */
  readonly strongest: readonly [number, number];
}

const vector = z.tuple([z.number(), z.number(), z.number()]);

/** A source whose stain is fainter than this share of the target's would be amplified into noise. */
const LEAST_STRENGTH = 0.05;

interface Estimate {
  /** @returns How the picture's stains are measured. */
  estimate(image: RgbImage): DensitySource | Unsuitable;
  /** The level of a pixel without stain. */
  readonly white: number;
}

/**
 * Own densities with the target's stain matrix, scaled so that the strongest (99th percentile) are as strong as the
 * target's; toward zero, as a cast to 8 bits.
 */
export function rescalingMethod(type: string, { estimate, white }: Estimate): NormalizationMethod<RescalingTarget> {
  const measure = (image: RgbImage) => {
    const source = estimate(image);
    if (isUnsuitable(source)) return source;
    const strongest = strongestDensities(image.data, source);
    if (!(Math.min(...strongest) > 0)) return { unsuitable: "one of its stains is absent" };
    return { source, strongest };
  };
  return {
    type,
    target: z.object({ matrix: z.tuple([vector, vector]), strongest: z.tuple([z.number(), z.number()]) }),
    measure(image) {
      const measured = measure(image);
      if (isUnsuitable(measured)) return measured;
      return { matrix: measured.source.matrix, strongest: measured.strongest };
    },
    normalize(image, target) {
      const measured = measure(image);
      if (isUnsuitable(measured)) return measured;
      const { source, strongest } = measured;
      const scale = [target.strongest[0] / strongest[0], target.strongest[1] / strongest[1]] as const;
      if (Math.max(...scale) > 1 / LEAST_STRENGTH) return { unsuitable: "one of its stains is hardly there" };
      return recolour(image, source, { matrix: target.matrix, white, scale, rounding: "truncate" });
    },
  };
}
