import type * as tfc from "@tensorflow/tfjs-core";
import type { Tf } from "./engine.js";
import type { NetworkOutputs } from "./network.js";

/** What a loss may look at beside the network's outputs. */
export interface LossBatch {
  /** The network's input: (b,h,w,3), normalised. */
  readonly image: tfc.Tensor4D;
  /** The same patch before normalisation: (b,h,w,3), 0…255. */
  readonly rgb: tfc.Tensor4D;
  /** (b,h,w,1): 0/1, or of several classes 0 … C − 1, 0 the background; 0 where a pixel is ignored */
  readonly mask: tfc.Tensor4D;
  /**
   * (b,h,w,1), 1 where a pixel counts, 0 where its label is ignored. Present only where some pixel of the batch is
   * ignored: a loss that reads `mask` then leaves these pixels out of its sums, means and counts, as if they were not
   * there, and stays finite where none counts. What reads no labels (a reconstruction) takes all pixels.
   */
  readonly valid?: tfc.Tensor4D;
  /** (b,h,w,s), where the loss asks for it */
  readonly density?: tfc.Tensor4D;
  /**
   * (b,h,w,k), where the loss asks for it: signed distances to the boundary of each class beside the background, in pixels,
   * below 0 inside. 0 throughout in a patch that the class is not in, or that is nothing else.
   */
  readonly distance?: tfc.Tensor4D;
}

/**
 * Implementation of the kind `loss`: what training minimises. A pure function of tensors; it must not read them back.
 * @example
 * ```ts
 * import type { Loss } from "@eosin/plugin-api/learning";
 *
 * // Binary cross-entropy of the logits, over the pixels that count.
 * export const crossEntropy: Loss = {
 *   needs: ["mask"],
 *   needsDensity: false,
 *   batchCoupled: false,
 *   compute(tf, { mask: logits }, { mask, valid }) {
 *     const each = tf.sub(tf.softplus(logits), tf.mul(logits, mask));
 *     const total: ReturnType<typeof tf.scalar> = valid
 *       ? tf.div(tf.sum(tf.mul(each, valid)), tf.maximum(tf.sum(valid), 1))
 *       : tf.mean(each);
 *     return { total, terms: { crossEntropy: total } };
 *   },
 * };
 * ```
 */
export interface Loss {
  /** What a model's title says of it beside the network's, e.g. `α 0.3`. */
  readonly title?: string;
  /**
   * What the cost of a training step depends on: losses of one type whose keys are equal cost the same, and planning
   * measures one of them. Without it, losses with other options are measured each.
   */
  readonly costKey?: string;
  /** Outputs of the network that it reads, e.g. `["mask", "reconstruction"]`: checked before training. */
  readonly needs: readonly string[];
  /** Whether it reads `density` of the batch. */
  readonly needsDensity: boolean;
  /** Of how many classes beside the background it reads `distance` of the batch; absent where it reads none. */
  readonly needsDistances?: number;
  /**
   * Whether it is not a mean over samples (MCC, IoU, Dice): micro-batches then change it, which the trainer says. Of batches
   * without ignored pixels; with them, a mean over pixels is none over samples either.
   */
  readonly batchCoupled: boolean;
  /** @returns The scalar to minimise and its terms, by name. */
  compute(
    tf: Tf,
    outputs: NetworkOutputs,
    batch: LossBatch,
  ): { total: tfc.Scalar; terms: { readonly [name: string]: tfc.Scalar } };
}
