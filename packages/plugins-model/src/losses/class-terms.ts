import type { Tf } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { type ClassOverlap, classOverlap } from "./class-overlap.js";

type ClassTerm = (tf: Tf, logits: tfc.Tensor, mask: tfc.Tensor, valid?: tfc.Tensor) => tfc.Scalar;

/** Keeps the gradient finite where every probability is 0 or every one 1. */
const LEAST_SPREAD = 1e-12;

/** 1 − mean over the classes beside the background of what `score` says of their soft counts over the batch. */
function overClasses(score: (tf: Tf, overlap: ClassOverlap, pixels: number | tfc.Scalar) => tfc.Tensor): ClassTerm {
  return (tf, logits, mask, valid) => {
    const pixels: number | tfc.Scalar = valid ? tf.maximum(tf.sum(valid), 1) : mask.size;
    return tf.sub(1, tf.mean(score(tf, classOverlap(tf, logits, mask, valid, {}), pixels)));
  };
}

export const classDice = (smooth: number): ClassTerm =>
  overClasses((tf, { both, predicted, truth }) =>
    tf.div(tf.add(tf.mul(both, 2), smooth), tf.add(tf.add(predicted, truth), smooth)),
  );

export const classIou: ClassTerm = overClasses((tf, { both, predicted, truth }) => {
  const smooth = 1e-4;
  return tf.div(tf.add(both, smooth), tf.add(tf.sub(tf.add(predicted, truth), both), smooth));
});

/**
 * Each class against all others, with counts divided by the number of pixels as for one class: TP·TN − FP·FN is
 * Σpt/n − Σp/n · Σt/n, and the root that of Σp/n·(1 − Σp/n)·Σt/n·(1 − Σt/n).
 */
export const classMcc: ClassTerm = overClasses((tf, { both, predicted, truth }, pixels) => {
  const [p, t] = [tf.div(predicted, pixels), tf.div(truth, pixels)];
  const numerator = tf.sub(tf.div(both, pixels), tf.mul(p, t));
  const spread = (share: tfc.Tensor) => tf.mul(share, tf.sub(1, share));
  const root = tf.mul(tf.sqrt(tf.maximum(spread(p), LEAST_SPREAD)), tf.sqrt(tf.maximum(spread(t), 0)));
  const inverse = tf.div(1, pixels);
  return tf.div(numerator, tf.add(root, tf.mul(inverse, inverse)));
});
