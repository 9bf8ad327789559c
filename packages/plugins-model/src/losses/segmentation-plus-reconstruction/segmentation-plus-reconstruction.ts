import type { Loss } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { type AddedTerm, withTerms } from "../added-term.js";
import { meanSquaredError } from "../mean-squared-error.js";
import type { SegmentationPlusReconstructionOptions } from "./options.js";
import { stainSparsity } from "./stain-sparsity.js";

/**
 * L_seg + α · L_recon (Kim et al., 2025). The reconstruction is compared with the network's `reconstructionTarget` where
 * it gives one (optical density), else with the normalised input: of all pixels, for an ignored label says nothing about
 * the image.
 */
export function createSegmentationPlusReconstruction(
  segmentation: Loss,
  { alpha, sparsity }: Pick<SegmentationPlusReconstructionOptions, "alpha" | "sparsity">,
): Loss {
  const terms = [reconstruction(alpha), ...(sparsity > 0 ? [sparse(sparsity)] : [])];
  return withTerms(segmentation, terms, `α ${alpha}`);
}

function reconstruction(weight: number): AddedTerm {
  return {
    name: "reconstruction",
    weight,
    needs: ["reconstruction"],
    compute: (tf, outputs, batch) =>
      meanSquaredError(tf, outputs.reconstruction as tfc.Tensor4D, outputs.reconstructionTarget ?? batch.image),
  };
}

function sparse(weight: number): AddedTerm {
  return {
    name: "sparsity",
    weight,
    needs: ["vector", "density"],
    compute: (tf, { vector, density }) => stainSparsity(tf, vector as tfc.Tensor4D, density as tfc.Tensor4D),
  };
}
