import type { Tf } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";

/**
 * Mean of |W[b,s,c] · H[b,s]| over pixels, stains and channels: small where each pixel is explained by few stains.
 * @param vector (b,h,w,s·3), stain-major. @param density (b,h,w,s).
 */
export function stainSparsity(tf: Tf, vector: tfc.Tensor4D, density: tfc.Tensor4D): tfc.Scalar {
  const stains = density.shape[3];
  const vectors = tf.reshape(tf.abs(vector), [-1, stains, 3]);
  const densities = tf.reshape(tf.abs(density), [-1, stains]);
  return tf.mean(tf.div(tf.mul(tf.sum(vectors, 2), densities), 3));
}
