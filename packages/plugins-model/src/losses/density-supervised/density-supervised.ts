import { EosinError } from "@eosin/plugin-api";
import type { Loss } from "@eosin/plugin-api/learning";
import type { z } from "@eosin/plugin-api/zod";
import { meanSquaredError } from "../mean-squared-error.js";
import { isMeanOverSamples, segmentationTerms } from "../segmentation-terms.js";
import type { densitySupervisedOptions } from "./options.js";

/** @throws EosinError `DENSITY_MISMATCH` where network and targets tell another number of stains apart. */
export function createDensitySupervised({ segmentation, alpha }: z.output<typeof densitySupervisedOptions>): Loss {
  const segmentationTerm = segmentationTerms[segmentation];
  return {
    needs: ["mask", "density"],
    needsDensity: true,
    batchCoupled: !isMeanOverSamples(segmentation),
    compute(tf, outputs, batch) {
      const target = batch.density;
      if (target?.shape.join() !== outputs.density.shape.join()) {
        throw new EosinError({
          code: "DENSITY_MISMATCH",
          message: "The density targets do not fit the network's densities.",
          place: "options network and loss",
          expected: `densities of ${outputs.density.shape[3]} stains, as the network's: [${outputs.density.shape.join(", ")}]`,
          found: target ? `${target.shape[3]} stains: [${target.shape.join(", ")}]` : "no targets",
          next: "Set the network's option `stains` to the number of stains that the targets tell apart.",
        });
      }
      const terms = {
        segmentation: segmentationTerm(tf, outputs.mask, batch.mask, batch.valid),
        density: meanSquaredError(tf, outputs.density, target),
      };
      return { total: tf.add(terms.segmentation, tf.mul(terms.density, alpha)), terms };
    },
  };
}
