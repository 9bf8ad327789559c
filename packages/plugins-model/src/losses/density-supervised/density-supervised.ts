import { EosinError } from "@eosin/plugin-api";
import type { Loss } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { type AddedTerm, withTerms } from "../added-term.js";
import { meanSquaredError } from "../mean-squared-error.js";
import type { DensitySupervisedOptions } from "./options.js";

/**
 * L_seg + α · MSE of the densities to given ones.
 * @throws EosinError `DENSITY_MISMATCH` where network and targets tell another number of stains apart.
 */
export function createDensitySupervised(segmentation: Loss, { alpha }: Pick<DensitySupervisedOptions, "alpha">): Loss {
  return withTerms(segmentation, [densityError(alpha)], `α ${alpha}`);
}

function densityError(weight: number): AddedTerm {
  return {
    name: "density",
    weight,
    needs: ["density"],
    needsDensity: true,
    compute(tf, outputs, { density: target }) {
      const density = outputs.density as tfc.Tensor4D;
      if (target?.shape.join() !== density.shape.join()) throw mismatch(density, target);
      return meanSquaredError(tf, density, target);
    },
  };
}

function mismatch(density: tfc.Tensor, target: tfc.Tensor | undefined): EosinError {
  return new EosinError({
    code: "DENSITY_MISMATCH",
    message: "The density targets do not fit the network's densities.",
    place: "options network and loss",
    expected: `densities of ${density.shape[3]} stains, as the network's: [${density.shape.join(", ")}]`,
    found: target ? `${target.shape[3]} stains: [${target.shape.join(", ")}]` : "no targets",
    next: "Set the network's option `stains` to the number of stains that the targets tell apart.",
  });
}
