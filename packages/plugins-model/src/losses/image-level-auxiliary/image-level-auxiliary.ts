import type { Loss, Tf } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { withTerms } from "../added-term.js";
import { classCount } from "../mask-classes.js";
import { bce } from "../segmentation-terms.js";

/**
 * Binary cross-entropy of whether a patch holds a class: the presence of tumour as a task of its own. `imageLevel` (b,1,1,1)
 * is the logit of the multi-task network's `imageLevelHead`: any class beside the background. (b,1,1,C − 1) of C classes: each.
 */
export function createImageLevelAuxiliary(inner: Loss, weight: number): Loss {
  const imageLevel = {
    name: "imageLevel",
    weight,
    needs: ["imageLevel"],
    compute(...[tf, outputs, batch]: Parameters<Loss["compute"]>): tfc.Scalar {
      const logits = outputs.imageLevel as tfc.Tensor4D;
      const present = presence(tf, batch.mask, classCount(outputs.mask), classCount(logits));
      // Of a patch whose pixels are all ignored nothing is known.
      const known = batch.valid && tf.max(batch.valid, [1, 2, 3]);
      if (present.rank === 1) return bce(tf, tf.reshape(logits, present.shape), present, known);
      const each = known && tf.tile(tf.reshape(known, [-1, 1]), [1, classCount(logits)]);
      return bce(tf, tf.reshape(logits, present.shape), present, each);
    },
  };
  return withTerms(inner, [imageLevel]);
}

/** 0/1: (b) of any class beside the background, or (b,k) of each. @param classes Of the mask: 1 where it is 0/1. */
function presence(tf: Tf, mask: tfc.Tensor4D, classes: number, k: number): tfc.Tensor {
  if (k === 1) {
    const largest = tf.max(mask, [1, 2, 3]);
    return classes === 1 ? largest : tf.minimum(largest, 1);
  }
  return tf.max(tf.cast(tf.equal(mask, tf.range(1, k + 1)), "float32"), [1, 2]);
}
