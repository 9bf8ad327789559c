import type { Tf } from "@eosin/plugin-api/learning";
import type { GradConfig } from "@tensorflow/tfjs-core";
import { broadcastGradients } from "./broadcast.js";
import { reductionGradients } from "./reduction.js";
import { resizeGradients } from "./resize.js";

let corrected: readonly GradConfig[] | undefined;

/**
 * Puts right gradients in the place of stock ones that are wrong or wasteful; the conformance suite holds every engine to them.
 * Called whenever an engine is opened: a second copy of tfjs, which TensorFlow's binding may bring, registers its own anew.
 */
export function registerGradients(tf: Tf): void {
  corrected ??= [...resizeGradients(tf), ...broadcastGradients(tf), ...reductionGradients(tf)];
  for (const gradient of corrected) {
    if (tf.getGradient(gradient.kernelName) === gradient) continue;
    tf.unregisterGradient(gradient.kernelName);
    tf.registerGradient(gradient);
  }
}
