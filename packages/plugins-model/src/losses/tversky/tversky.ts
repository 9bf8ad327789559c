import type { Loss } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { classOverlap } from "../class-overlap.js";
import type { TverskyOptions } from "./options.js";

/**
 * 1 − mean over classes of (TP + s) / (TP + α·FP + β·FN + s), with soft counts (Salehi et al., 2017, eq. 3, and s as MONAI's
 * `TverskyLoss` has it). α = β = ½ is Dice, α = β = 1 the intersection over the union.
 */
export function createTversky({ alpha, beta, smooth, ...counting }: TverskyOptions): Loss {
  return {
    costKey: JSON.stringify([counting.perSample]),
    needs: ["mask"],
    needsDensity: false,
    batchCoupled: !counting.perSample,
    compute(tf, { mask: logits }, { mask, valid }) {
      const { both, predicted, truth } = classOverlap(tf, logits, mask, valid, counting);
      // FP = Σp − Σpt and FN = Σt − Σpt.
      const errors = tf.add(tf.mul(tf.sub(predicted, both), alpha), tf.mul(tf.sub(truth, both), beta));
      const right = tf.add(both, smooth);
      const total: tfc.Scalar = tf.sub(1, tf.mean(tf.div(right, tf.add(right, errors))));
      return { total, terms: { segmentation: total } };
    },
  };
}
