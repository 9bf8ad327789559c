import type { Loss, Tf } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { checkClassWeights } from "../class-weights.js";
import { classCount, logProbabilities, pixelWeights, truths } from "../mask-classes.js";
import { countedPixels } from "../valid-pixels.js";
import type { FocalOptions } from "./options.js";

/** Below it 1 − p is rounding alone. */
const LEAST_ERROR = 1e-7;

/**
 * Mean over pixels of −α_y·(1 − p_y)^γ·ln p_y, y the pixel's class (Lin et al., 2017, eq. 5; for one logit as torchvision's
 * `sigmoid_focal_loss` with reduction "mean").
 */
export function createFocal({ gamma, classWeights }: FocalOptions): Loss {
  return {
    costKey: JSON.stringify([classWeights !== undefined]),
    needs: ["mask"],
    needsDensity: false,
    batchCoupled: false,
    compute(tf, { mask: logits }, { mask, valid }) {
      checkClassWeights(classWeights, logits);
      const costs = (classCount(logits) === 1 ? binary : several)(tf, logits, mask, gamma);
      const weighted = classWeights ? tf.mul(costs, pixelWeights(tf, mask, classWeights)) : costs;
      const total = countedPixels(tf, mask.size, valid).mean(weighted);
      return { total, terms: { segmentation: total } };
    },
  };
}

/** With z the logit of the pixel's own class, −ln p = softplus(−z) and ln(1 − p) = −softplus(z). */
function binary(tf: Tf, logits: tfc.Tensor, mask: tfc.Tensor, gamma: number): tfc.Tensor {
  const own = tf.mul(logits, tf.sub(tf.mul(mask, 2), 1));
  const ease = tf.exp(tf.mul(tf.softplus(own), -gamma));
  return tf.mul(ease, tf.softplus(tf.neg(own)));
}

function several(tf: Tf, logits: tfc.Tensor, mask: tfc.Tensor, gamma: number): tfc.Tensor {
  const own = tf.sum(tf.mul(truths(tf, logits, mask), logProbabilities(tf, logits)), -1, true);
  const error = tf.maximum(tf.sub(1, tf.exp(own)), LEAST_ERROR);
  return tf.neg(tf.mul(tf.exp(tf.mul(tf.log(error), gamma)), own));
}
