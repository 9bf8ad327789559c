import type { Tf } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { classCount, labelCount, logProbabilities, pixelWeights, truths } from "./mask-classes.js";
import { countedPixels } from "./valid-pixels.js";

export interface CrossEntropySettings {
  /** One a class, the background first; as many as there are labels. */
  readonly classWeights?: readonly number[];
  /** ε of q = (1 − ε)·truth + ε / number of classes. */
  readonly labelSmoothing?: number;
}

/**
 * Cross-entropy as PyTorch's `CrossEntropyLoss` takes it: −Σ_c w_c·q_c·ln p_c of each pixel, summed and divided by Σ w_y over
 * the pixels, y the pixel's class. One logit is a class and its background. 0 where nothing counts.
 */
export function crossEntropy(
  tf: Tf,
  logits: tfc.Tensor,
  mask: tfc.Tensor,
  valid: tfc.Tensor | undefined,
  { classWeights, labelSmoothing = 0 }: CrossEntropySettings,
): tfc.Scalar {
  const weights = classWeights ?? new Array<number>(labelCount(logits)).fill(1);
  const each = classCount(logits) === 1 ? binary : several;
  const costs = each(tf, logits, mask, weights, labelSmoothing);
  const { sum, mean } = countedPixels(tf, mask.size, valid);
  if (!classWeights) return mean(costs);
  // Weights may be 0 for all that counts.
  return tf.div(sum(costs), tf.maximum(sum(pixelWeights(tf, mask, classWeights)), LEAST_WEIGHT));
}

/** Far below the weight of one pixel. */
const LEAST_WEIGHT = 1e-12;

type PixelCosts = (
  tf: Tf,
  logits: tfc.Tensor,
  mask: tfc.Tensor,
  weights: readonly number[],
  smoothing: number,
) => tfc.Tensor;

/** With −ln p₁ = softplus(x) − x and −ln p₀ = softplus(x): no logarithm of a vanishing probability. */
const binary: PixelCosts = (tf, logits, mask, [w0, w1], smoothing) => {
  const [least, step] = [smoothing / 2, 1 - smoothing];
  const tumour = tf.add(tf.mul(mask, w1 * step), w1 * least);
  const normal = tf.sub(w0 * (least + step), tf.mul(mask, w0 * step));
  return tf.sub(tf.mul(tf.softplus(logits), tf.add(tumour, normal)), tf.mul(logits, tumour));
};

const several: PixelCosts = (tf, logits, mask, weights, smoothing) => {
  const target = tf.add(tf.mul(truths(tf, logits, mask), 1 - smoothing), smoothing / weights.length);
  const weighted = weights.every((weight) => weight === 1) ? target : tf.mul(target, tf.tensor1d([...weights]));
  return tf.neg(tf.sum(tf.mul(weighted, logProbabilities(tf, logits)), -1, true));
};
