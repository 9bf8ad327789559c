import { z } from "@eosin/plugin-api/zod";
import { brightnessOf, stretchBrightness } from "../../estimation/brightness.js";
import { opticalDensityTable } from "../../estimation/optical-density.js";
import { recolour } from "../../estimation/recolour.js";
import { estimateStains } from "../../estimation/spcn-estimate.js";
import type { StainMatrix } from "../../estimation/stain-matrix.js";
import { isUnsuitable } from "../../estimation/unsuitable.js";
import type { NormalizationMethod } from "../target/normalization-method.js";

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
    const made = recolour(
      image,
      { opticalDensity: opticalDensityTable(stains.brightness.map), matrix: stains.matrix, solver: "sparse" },
      { matrix: target.matrix, white: 255, rounding: "truncate" },
    );
    const brightness = brightnessOf(made.data);
    if (brightness < 1) return { unsuitable: "it is black" };
    stretchBrightness(made.data, brightness);
    return made;
  },
};
