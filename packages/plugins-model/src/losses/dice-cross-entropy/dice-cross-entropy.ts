import type { Loss, Tf } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { type ClassOverlap, classOverlap } from "../class-overlap.js";
import { checkClassWeights } from "../class-weights.js";
import { crossEntropy } from "../cross-entropy.js";
import type { DiceCrossEntropyOptions } from "./options.js";

/**
 * Dice + cross-entropy as nnU-Net has them (Isensee et al., 2021; `DC_and_CE_loss`, and `DC_and_BCE_loss` for one logit): Dice
 * over the whole batch, mean of the classes without the background. nnU-Net's Dice loss is −Dice; this one is 1 − Dice, 0
 * where all is right, with the same gradient.
 */
export function createDiceCrossEntropy(options: DiceCrossEntropyOptions): Loss {
  const { dice, crossEntropy: entropy, smooth, perSample, classWeights, labelSmoothing } = options;
  return {
    costKey: JSON.stringify([dice > 0, entropy > 0, perSample, classWeights !== undefined]),
    needs: ["mask"],
    needsDensity: false,
    batchCoupled: (dice > 0 && !perSample) || (entropy > 0 && classWeights !== undefined),
    compute(tf, { mask: logits }, { mask, valid }) {
      checkClassWeights(classWeights, logits);
      const terms: { [name: string]: tfc.Scalar } = {};
      let total: tfc.Scalar | undefined;
      const add = (name: string, weight: number, term: tfc.Scalar) => {
        terms[name] = term;
        const weighted: tfc.Scalar = weight === 1 ? term : tf.mul(term, weight);
        total = total ? tf.add(total, weighted) : weighted;
      };
      if (dice > 0) add("diceLoss", dice, diceLoss(tf, classOverlap(tf, logits, mask, valid, options), smooth));
      if (entropy > 0) {
        add("crossEntropy", entropy, crossEntropy(tf, logits, mask, valid, { classWeights, labelSmoothing }));
      }
      return { total: total!, terms: { segmentation: total!, ...terms } };
    },
  };
}

/** 1 − mean of (2·Σpt + s) / (Σp + Σt + s) */
function diceLoss(tf: Tf, { both, predicted, truth }: ClassOverlap, smooth: number): tfc.Scalar {
  const numerator = tf.add(tf.mul(both, 2), smooth);
  return tf.sub(1, tf.mean(tf.div(numerator, tf.add(tf.add(predicted, truth), smooth))));
}
