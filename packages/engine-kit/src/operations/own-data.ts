import type { Tf } from "@eosin/plugin-api/learning";
import type { Variable } from "@tensorflow/tfjs-core";

/**
 * Gives the variable data of its own where a clone or another variable shares it, so that a kernel may write in place
 * (copy on write: `variable.clone()` stays a snapshot).
 */
export function ownData(tf: Tf, variable: Variable): void {
  if (tf.backend().refCount(variable.dataId) <= 1) return;
  tf.tidy(() => variable.assign(tf.add(variable, 0)));
}
