import type { Tf } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { classCount, probabilities, truths } from "./mask-classes.js";

/** How soft counts are taken. */
export interface OverlapSettings {
  /** Of each patch by itself; else over all pixels of the batch. */
  readonly perSample?: boolean;
  /** Whether the background is a class too, where it has a logit of its own. */
  readonly background?: boolean;
}

/** Soft counts of each class, (K) or, by sample, (b,K); K is 1 for one logit, else C − 1, or C with the background. */
export interface ClassOverlap {
  /** Σpt */
  readonly both: tfc.Tensor;
  /** Σp */
  readonly predicted: tfc.Tensor;
  /** Σt */
  readonly truth: tfc.Tensor;
}

/** @param valid (b,h,w,1), where some pixels are ignored. */
export function classOverlap(
  tf: Tf,
  logits: tfc.Tensor,
  mask: tfc.Tensor,
  valid: tfc.Tensor | undefined,
  { perSample = false, background = false }: OverlapSettings,
): ClassOverlap {
  const classes = classCount(logits);
  const axes = perSample ? [1, 2] : [0, 1, 2];
  const leading = perSample ? [logits.shape[0]] : [];
  const dropped = classes > 1 && !background ? 1 : 0;
  const sum = (x: tfc.Tensor): tfc.Tensor => {
    const all = tf.sum(x, axes);
    if (dropped === 0) return all;
    return tf.slice(all, [...leading.map(() => 0), 1], [...leading, classes - 1]);
  };
  const counted = (x: tfc.Tensor): tfc.Tensor => (valid ? tf.mul(x, valid) : x);
  const predicted = counted(probabilities(tf, logits));
  const truth = truths(tf, logits, mask);
  return { both: sum(tf.mul(predicted, truth)), predicted: sum(predicted), truth: sum(counted(truth)) };
}
