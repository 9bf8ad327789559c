import type { Loss } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { withTerms } from "../added-term.js";
import { bce } from "../segmentation-terms.js";

/** `imageLevel` (b,1,1,1) is the logit of the multi-task network's `imageLevelHead`. */
export function createImageLevelAuxiliary(inner: Loss, weight: number): Loss {
  const imageLevel = {
    name: "imageLevel",
    weight,
    needs: ["imageLevel"],
    compute(...[tf, outputs, batch]: Parameters<Loss["compute"]>): tfc.Scalar {
      const anyTumour = tf.max(batch.mask, [1, 2, 3]);
      // Of a patch whose pixels are all ignored nothing is known.
      const known = batch.valid && tf.max(batch.valid, [1, 2, 3]);
      return bce(tf, tf.reshape(outputs.imageLevel as tfc.Tensor4D, anyTumour.shape), anyTumour, known);
    },
  };
  return withTerms(inner, [imageLevel]);
}
