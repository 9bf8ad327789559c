import type { LossBatch, Tf } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";

/** Foreground pixels of each patch, all (b): predicted at probability > 0.5, true, and both. */
export interface OverlapTensors {
  readonly predicted: tfc.Tensor1D;
  readonly truth: tfc.Tensor1D;
  readonly both: tfc.Tensor1D;
}

/**
 * @param logits (b,h,w,1), or (b,h,w,C): then pixels beside the background, and both means of the same class.
 * @param valid Absent where every pixel counts.
 */
export function countOverlap(
  tf: Tf,
  logits: tfc.Tensor4D,
  { mask, valid }: Pick<LossBatch, "mask" | "valid">,
): OverlapTensors {
  if (logits.shape[3] > 1) return countClasses(tf, logits, { mask, valid });
  const predicted = tf.cast(tf.greater(logits, 0), "float32");
  const foreground = valid ? tf.mul(predicted, valid) : predicted;
  const count = (pixels: tfc.Tensor) => tf.sum<tfc.Tensor1D>(pixels, [1, 2, 3]);
  return { predicted: count(foreground), truth: count(mask), both: count(tf.mul(foreground, mask)) };
}

function countClasses(
  tf: Tf,
  logits: tfc.Tensor4D,
  { mask, valid }: Pick<LossBatch, "mask" | "valid">,
): OverlapTensors {
  const label = tf.cast(tf.reshape(tf.argMax(logits, 3), mask.shape), "float32");
  const beside = (labels: tfc.Tensor) => tf.cast(tf.greater(labels, 0), "float32");
  const predicted = valid ? tf.mul(beside(label), valid) : beside(label);
  const truth = beside(mask);
  const same = tf.mul(tf.cast(tf.equal(label, mask), "float32"), truth);
  const count = (pixels: tfc.Tensor) => tf.sum<tfc.Tensor1D>(pixels, [1, 2, 3]);
  return { predicted: count(predicted), truth: count(truth), both: count(same) };
}

/**
 * Mean Dice over the patches of a batch; a patch without foreground that is predicted empty counts 1.
 * @param valid Where it is given, a patch of which no pixel counts is a 0 in the sum, and has to be taken out of the number.
 */
export function meanDice(tf: Tf, { predicted, truth, both }: OverlapTensors, valid?: tfc.Tensor4D): tfc.Scalar {
  // Far below one pixel: only decides the empty case.
  const tiny = 1e-6;
  const dice = tf.div(tf.add(tf.mul(both, 2), tiny), tf.add(tf.add(predicted, truth), tiny));
  return tf.mean(valid ? tf.mul(dice, tf.max(valid, [1, 2, 3])) : dice);
}

/** Dice of one patch from its pixel counts. */
export function diceOf(predicted: number, truth: number, both: number): number {
  return predicted + truth === 0 ? 1 : (2 * both) / (predicted + truth);
}

/** Intersection over union of one patch from its pixel counts. */
export function iouOf(predicted: number, truth: number, both: number): number {
  return predicted + truth === 0 ? 1 : both / (predicted + truth - both);
}
