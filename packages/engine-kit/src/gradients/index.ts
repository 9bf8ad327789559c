import type { Tf } from "@eosin/plugin-api/learning";
import type { GradConfig } from "@tensorflow/tfjs-core";
import { broadcastGradients } from "./broadcast.js";
import { convolutionGradients } from "./convolution.js";
import { reductionGradients } from "./reduction.js";
import { resizeGradients } from "./resize.js";

let corrected: readonly GradConfig[] | undefined;

/**
 * Puts right gradients in the place of stock ones that are wrong, wasteful or missing; the conformance suite holds every engine to them.
 * Called whenever an engine is opened: a second copy of tfjs, which TensorFlow's binding may bring, registers its own again.
 */
export function registerGradients(tf: Tf): void {
  corrected ??= [resizeGradients, broadcastGradients, reductionGradients, convolutionGradients].flatMap((of) => of(tf));
  for (const gradient of corrected) {
    const present = tf.getGradient(gradient.kernelName);
    if (present === gradient) continue;
    if (present) tf.unregisterGradient(gradient.kernelName);
    tf.registerGradient(gradient);
  }
}
