import type { Tf } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";

/** A constant that outlives every step: a variable that no training moves and no weight file holds. */
export function fixedTensor(tf: Tf, values: ArrayLike<number>, shape: readonly number[]): tfc.Variable {
  const value = tf.tensor(Float32Array.from(values), [...shape], "float32");
  const variable = tf.variable(value, false);
  value.dispose();
  return variable;
}
