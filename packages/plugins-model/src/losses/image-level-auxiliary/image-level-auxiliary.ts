import type { Loss } from "@eosin/plugin-api/learning";
import { bce } from "../segmentation-terms.js";

/** `imageLevel` (b,1,1,1) is the logit of the multi-task network's `imageLevelHead`. */
export function createImageLevelAuxiliary(inner: Loss, weight: number): Loss {
  return {
    needs: [...inner.needs, "imageLevel"],
    needsDensity: inner.needsDensity,
    batchCoupled: inner.batchCoupled,
    compute(tf, outputs, batch) {
      const { total, terms } = inner.compute(tf, outputs, batch);
      const anyTumour = tf.max(batch.mask, [1, 2, 3]);
      // Of a patch whose pixels are all ignored nothing is known.
      const known = batch.valid && tf.max(batch.valid, [1, 2, 3]);
      const imageLevel = bce(tf, tf.reshape(outputs.imageLevel, anyTumour.shape), anyTumour, known);
      return { total: tf.add(total, tf.mul(imageLevel, weight)), terms: { ...terms, imageLevel } };
    },
  };
}
