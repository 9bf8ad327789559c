import type { Tf } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { classDice, classIou, classMcc } from "./class-terms.js";
import { crossEntropy } from "./cross-entropy.js";
import { classCount } from "./mask-classes.js";
import type { SegmentationName } from "./segmentation-names.js";
import { countedPixels } from "./valid-pixels.js";

/**
 * A loss of mask logits against a 0/1 mask of the same shape (b,h,w,1), or of logits (b,h,w,C) against a mask (b,h,w,1) of
 * 0 … C − 1: then the mean over the classes beside the background, and cross-entropy in the place of BCE. MCC, IoU and Dice are soft (probabilities in the
 * place of decisions) and taken over all pixels of the batch together, as the paper's code does.
 * @param valid Of the mask's shape, where some pixels are ignored: those with a 0 are as if they were not there.
 */
export type SegmentationTerm = (tf: Tf, logits: tfc.Tensor, mask: tfc.Tensor, valid?: tfc.Tensor) => tfc.Scalar;

const [ofMcc, ofIou] = [ofClasses(mcc, classMcc), ofClasses(iou, classIou)];
const ofDice = (smooth: number) => ofClasses(dice(smooth), classDice(smooth));
const ofEntropy = ofClasses(bce, (tf, logits, mask, valid) => crossEntropy(tf, logits, mask, valid, {}));

export const segmentationTerms: { readonly [name in SegmentationName]: SegmentationTerm } = {
  mcc: ofMcc,
  iou: ofIou,
  dice: ofDice(0.01),
  bce: ofEntropy,
  "dice+bce": (tf, ...pixels) => tf.add(ofDice(1)(tf, ...pixels), ofEntropy(tf, ...pixels)),
  "dice+iou": (tf, ...pixels) => tf.add(ofDice(0.01)(tf, ...pixels), ofIou(tf, ...pixels)),
};

/** One logit is a sigmoid's, and its mask 0/1; several are a softmax's. */
function ofClasses(binary: SegmentationTerm, several: SegmentationTerm): SegmentationTerm {
  return (tf, logits, ...pixels) => (classCount(logits) === 1 ? binary : several)(tf, logits, ...pixels);
}

/** Whether the loss of a batch is the mean of its samples' losses. */
export function isMeanOverSamples(name: SegmentationName): boolean {
  return name === "bce";
}

/** Keeps the gradient finite where every probability is 0 or every one 1. */
const LEAST_SPREAD = 1e-12;

/**
 * 1 − (TP·TN − FP·FN) / (√((TP+FP)(TP+FN)(TN+FP)(TN+FN)) + 1), with every count divided by the number of pixels n (the
 * 1 becomes 1/n²), so that no large numbers arise. Of the root, the factor that depends on the mask alone comes from the
 * mask alone: in a batch without tumour (or without anything else) it is zero, where a root has no gradient.
 */
function mcc(tf: Tf, logits: tfc.Tensor, mask: tfc.Tensor, valid?: tfc.Tensor): tfc.Scalar {
  const { mean, inverseSquare } = countedPixels(tf, logits.size, valid);
  const tumour = mask;
  const normal = tf.sub(1, mask);
  const predictedTumour = tf.sigmoid(logits);
  const predictedNormal = tf.sub(1, predictedTumour);
  const truePositive: tfc.Scalar = mean(tf.mul(predictedTumour, tumour));
  const falsePositive: tfc.Scalar = mean(tf.mul(predictedTumour, normal));
  const trueNegative: tfc.Scalar = mean(tf.mul(predictedNormal, normal));
  const falseNegative: tfc.Scalar = mean(tf.mul(predictedNormal, tumour));
  const predictedSpread = tf.mul(tf.add(truePositive, falsePositive), tf.add(trueNegative, falseNegative));
  const trueSpread = tf.mul(mean(tumour), mean(normal));
  const root = tf.mul(tf.sqrt(tf.maximum(predictedSpread, LEAST_SPREAD)), tf.sqrt(trueSpread));
  const numerator = tf.sub(tf.mul(truePositive, trueNegative), tf.mul(falsePositive, falseNegative));
  return tf.sub(1, tf.div(numerator, tf.add(root, inverseSquare)));
}

/** 1 − (intersection + s) / (union + s), s = 1e-4. */
function iou(tf: Tf, logits: tfc.Tensor, mask: tfc.Tensor, valid?: tfc.Tensor): tfc.Scalar {
  const smooth = 1e-4;
  const { both, either } = overlap(tf, logits, mask, valid);
  return tf.sub(1, tf.div(tf.add(both, smooth), tf.add(tf.sub(either, both), smooth)));
}

/** 1 − (2 · intersection + s) / (Σp + Σt + s); s is 0.01 alone and 1 beside BCE. */
function dice(smooth: number): SegmentationTerm {
  return (tf, logits, mask, valid) => {
    const { both, either } = overlap(tf, logits, mask, valid);
    return tf.sub(1, tf.div(tf.add(tf.mul(both, 2), smooth), tf.add(either, smooth)));
  };
}

/** Σpt and Σp + Σt. */
function overlap(
  tf: Tf,
  logits: tfc.Tensor,
  mask: tfc.Tensor,
  valid?: tfc.Tensor,
): { both: tfc.Scalar; either: tfc.Scalar } {
  const { sum } = countedPixels(tf, logits.size, valid);
  const probability = tf.sigmoid(logits);
  return { both: sum(tf.mul(probability, mask)), either: tf.add(sum(probability), sum(mask)) };
}

/** Mean of softplus(x) − x·t, which is −t·ln p − (1−t)·ln(1−p) without the logarithm of a vanishing probability. */
export function bce(tf: Tf, logits: tfc.Tensor, mask: tfc.Tensor, valid?: tfc.Tensor): tfc.Scalar {
  return countedPixels(tf, logits.size, valid).mean(tf.sub(tf.softplus(logits), tf.mul(logits, mask)));
}
