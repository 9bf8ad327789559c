import type { Loss, Tf } from "@eosin/plugin-api/learning";
import type { Options } from "./options.js";

type Scalar = ReturnType<Tf["scalar"]>;

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
      const each = tf.mul(doubt, crossEntropy);
      // Only where labels of the batch are ignored: such pixels neither add to the sum nor to the number.
      const { valid } = batch;
      const focal: Scalar = valid ? tf.div(tf.sum(tf.mul(each, valid)), tf.maximum(tf.sum(valid), 1)) : tf.mean(each);
      return { total: focal, terms: { focal } };
    },
  };
}
