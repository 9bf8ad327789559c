import type { Tf } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";

/**
 * What losses of the mask compute with, whatever the number of classes. Logits are (b,h,w,C). With C = 1 the mask is 0 or 1,
 * and the logit that of 1 (sigmoid); with C > 1 the mask is 0 … C − 1, and 0 is the background (softmax).
 */
export function classCount(logits: tfc.Tensor): number {
  return logits.shape[logits.rank - 1];
}

/** Classes as class weights count them: the background among them also where one logit stands for both. */
export function labelCount(logits: tfc.Tensor): number {
  return Math.max(2, classCount(logits));
}

/** (b,h,w,C): probabilities of 1, or of all classes. */
export function probabilities(tf: Tf, logits: tfc.Tensor): tfc.Tensor {
  return classCount(logits) === 1 ? tf.sigmoid(logits) : tf.softmax(logits);
}

/** (b,h,w,C) of 0 and 1: whether a pixel is of the class. With one logit the mask itself. */
export function truths(tf: Tf, logits: tfc.Tensor, mask: tfc.Tensor): tfc.Tensor {
  return classCount(logits) === 1 ? mask : oneHot(tf, mask, classCount(logits));
}

/** (b,h,w,C) ln softmax, without the exponential of a large number. */
export function logProbabilities(tf: Tf, logits: tfc.Tensor): tfc.Tensor {
  const shifted = tf.sub(logits, tf.max(logits, -1, true));
  return tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), -1, true)));
}

/** (b,h,w,1): of each pixel the weight of its class. */
export function pixelWeights(tf: Tf, mask: tfc.Tensor, weights: readonly number[]): tfc.Tensor {
  if (weights.length === 2) return tf.add(tf.mul(mask, weights[1] - weights[0]), weights[0]);
  return tf.sum(tf.mul(oneHot(tf, mask, weights.length), tf.tensor1d([...weights])), -1, true);
}

function oneHot(tf: Tf, mask: tfc.Tensor, classes: number): tfc.Tensor {
  return tf.cast(tf.equal(mask, tf.range(0, classes)), "float32");
}
