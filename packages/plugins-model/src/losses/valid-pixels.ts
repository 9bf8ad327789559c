import type { Tf } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";

/**
 * Sums and means over the pixels that count: those where `valid`, of their shape, is 1, all without it. Without it these are the
 * plain operations, so that data of which nothing is ignored gives the very same bytes.
 */
export interface CountedPixels {
  sum(x: tfc.Tensor): tfc.Scalar;
  /** 0 where nothing counts. */
  mean(x: tfc.Tensor): tfc.Scalar;
  /** 1 / n², n the number of pixels that count, 1 at least. */
  readonly inverseSquare: number | tfc.Scalar;
}

/** @param size Number of pixels of the batch. */
export function countedPixels(tf: Tf, size: number, valid: tfc.Tensor | undefined): CountedPixels {
  if (valid === undefined) {
    return { sum: (x) => tf.sum(x), mean: (x) => tf.mean(x), inverseSquare: 1 / size ** 2 };
  }
  const count: tfc.Scalar = tf.maximum(tf.sum(valid), 1);
  const sum = (x: tfc.Tensor): tfc.Scalar => tf.sum(tf.mul(x, valid));
  return { sum, mean: (x) => tf.div(sum(x), count), inverseSquare: tf.div(1, tf.mul(count, count)) };
}
