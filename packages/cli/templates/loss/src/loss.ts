import type { Loss, Tf } from "@eosin/plugin-api/learning";
import type { Options } from "./options.js";

/** Mean of (1 − p)^γ · −log p, where p is the probability that the network gives to what is true. */
export function create({ gamma }: Options): Loss {
  return {
    needs: ["mask"],
    needsDensity: false,
    batchCoupled: false,
    compute(tf, { mask: logits }, batch) {
      // The logit of what is true: the network's, with its sign turned where there is no tumour.
      const signed = tf.mul(logits, tf.sub(tf.mul(batch.mask, 2), 1));
      const crossEntropy = tf.softplus(tf.neg(signed));
      const doubt = tf.exp(tf.mul(tf.softplus(signed), -gamma));
      const focal = tf.mean<ReturnType<Tf["scalar"]>>(tf.mul(doubt, crossEntropy));
      return { total: focal, terms: { focal } };
    },
  };
}
