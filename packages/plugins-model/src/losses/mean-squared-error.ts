import type { Tf } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";

/** Over all elements; only `prediction` is differentiated where `target` does not depend on a variable. */
export function meanSquaredError(tf: Tf, prediction: tfc.Tensor, target: tfc.Tensor): tfc.Scalar {
  const difference = tf.sub(prediction, target);
  return tf.mean(tf.mul(difference, difference));
}
