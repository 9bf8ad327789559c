import type { Loss } from "@eosin/plugin-api/learning";
import type { z } from "@eosin/plugin-api/zod";
import type * as tfc from "@tensorflow/tfjs-core";
import { meanSquaredError } from "../mean-squared-error.js";
import { isMeanOverSamples, segmentationTerms } from "../segmentation-terms.js";
import type { segmentationPlusReconstructionOptions } from "./options.js";
import { stainSparsity } from "./stain-sparsity.js";

/**
 * The reconstruction is compared with the network's `reconstructionTarget` where it gives one (optical density), else
 * with the normalised input: of all pixels, for an ignored label says nothing about the image.
 */
export function createSegmentationPlusReconstruction({
  segmentation,
  alpha,
  sparsity,
}: z.output<typeof segmentationPlusReconstructionOptions>): Loss {
  const segmentationTerm = segmentationTerms[segmentation];
  return {
    needs: ["mask", "reconstruction", ...(sparsity > 0 ? ["vector", "density"] : [])],
    needsDensity: false,
    batchCoupled: !isMeanOverSamples(segmentation),
    compute(tf, outputs, batch) {
      const terms: { [name: string]: tfc.Scalar } = {
        segmentation: segmentationTerm(tf, outputs.mask, batch.mask, batch.valid),
        reconstruction: meanSquaredError(tf, outputs.reconstruction, outputs.reconstructionTarget ?? batch.image),
      };
      let total: tfc.Scalar = tf.add(terms.segmentation, tf.mul(terms.reconstruction, alpha));
      if (sparsity > 0) {
        terms.sparsity = stainSparsity(tf, outputs.vector as tfc.Tensor4D, outputs.density as tfc.Tensor4D);
        total = tf.add(total, tf.mul(terms.sparsity, sparsity));
      }
      return { total, terms };
    },
  };
}
