import type { Tf } from "@eosin/plugin-api/learning";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Operation } from "./operation.js";

/** Registers the gradients (once a process) and, for kernels that the back end lacks, the compositions. */
export function registerOperations(tf: Tf, backendName: string, operations: readonly Operation[]): void {
  for (const { name, composed, gradient } of operations.flatMap(({ kernels }) => kernels)) {
    if (gradient && !tf.getGradient(name)) tf.registerGradient(gradient(tf));
    if (tf.getKernel(name, backendName)) continue;
    tf.registerKernel({
      kernelName: name,
      backendName,
      kernelFunc: ({ inputs, attrs }) => {
        const outputs = tf.tidy(() => composed(tf, inputs as never, attrs as object) as Tensor[]);
        return outputs.length === 1 ? outputs[0] : [...outputs];
      },
    });
  }
}
