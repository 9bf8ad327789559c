import type { Tf } from "@eosin/plugin-api/learning";
import type { Tensor } from "@tensorflow/tfjs-core";

/** What batch normalisation may apply to its result in the same pass. */
export type Activation = "none" | "relu" | "relu6" | "silu";

export function activate<T extends Tensor>(tf: Tf, z: T, activation: Activation): T {
  if (activation === "relu") return tf.relu(z);
  if (activation === "relu6") return tf.clipByValue(z, 0, 6);
  if (activation === "silu") return tf.mul(z, tf.sigmoid(z));
  return z;
}

/** dy·act′(z); where ReLU and ReLU6 bend the derivative is 0. */
export function activationGradient<T extends Tensor>(tf: Tf, dy: T, z: T, activation: Activation): T {
  if (activation === "relu") return tf.mul(dy, tf.step(z));
  if (activation === "relu6") return tf.mul(dy, tf.mul(tf.step(z), tf.step(tf.sub(6, z))));
  if (activation === "silu") {
    const s = tf.sigmoid(z);
    return tf.mul(dy, tf.mul(s, tf.add(1, tf.mul(z, tf.sub(1, s)))));
  }
  return dy;
}
