import type { EngineOps, Tf } from "@eosin/plugin-api/learning";
import type { GradientMap } from "./backward.js";

/** Of the same size as in PyTorch's `clip_grad_norm_`. */
const AGAINST_ZERO = 1e-6;

/**
 * Clips gradients by their global norm (Pascanu et al., 2013, algorithm 1) in PyTorch's form: where the norm is above
 * `most`, each is multiplied by most / (norm + 1e-6). Where it is not, they are left alone.
 * @returns The norm before. Where it is not finite, nothing is multiplied.
 */
export async function clip(
  tf: Tf,
  globalNorm: EngineOps["globalNorm"],
  gradients: GradientMap,
  most: number,
): Promise<number> {
  const scalar = globalNorm([...gradients.values()]);
  const [norm] = await scalar.data();
  scalar.dispose();
  const factor = most / (norm + AGAINST_ZERO);
  if (!(factor < 1) || !Number.isFinite(norm)) return norm;
  // Not in place: two variables may have one and the same gradient.
  for (const [id, gradient] of gradients) {
    gradients.set(id, tf.mul(gradient, factor));
    gradient.dispose();
  }
  return norm;
}
