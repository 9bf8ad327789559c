import type * as tfc from "@tensorflow/tfjs-core";
import type { Engine } from "./engine.js";

/**
 * Implementation of the kind `optimizer`: turns gradients into updates of the weights.
 * @example
 * ```ts
 * import type { Optimizer } from "@eosin/plugin-api/learning";
 *
 * // w ← w − learning rate · sign(gradient)
 * export const signDescent: Optimizer = {
 *   learningRate: 0.001,
 *   attach: ({ tf }, variables) => ({
 *     state: new Map(),
 *     update(gradients, { learningRate }) {
 *       tf.tidy(() => {
 *         for (const [name, variable] of variables) {
 *           const gradient = gradients.get(name);
 *           if (gradient) variable.assign(tf.sub(variable, tf.mul(tf.sign(gradient), learningRate)));
 *         }
 *       });
 *     },
 *     dispose() {},
 *   }),
 * };
 * ```
 */
export interface Optimizer {
  /** The learning rate that schedules scale. */
  readonly learningRate: number;
  /** Makes its state (moments) for the variables, all zero. */
  attach(engine: Engine, variables: ReadonlyMap<string, tfc.Variable>): AttachedOptimizer;
}

/** An optimizer of given variables, with its state. */
export interface AttachedOptimizer {
  /** Its state by name, e.g. `first/encoder._conv_stem.weight`: what a checkpoint keeps. */
  readonly state: ReadonlyMap<string, tfc.Variable>;
  /** @param step From 1. Updates the variables in place. */
  update(gradients: ReadonlyMap<string, tfc.Tensor>, how: { step: number; learningRate: number }): void;
  dispose(): void;
}

/**
 * Implementation of the kind `schedule`. It depends on the progress alone, so that a training that is continued gives the
 * same as one that never stopped.
 * @example
 * ```ts
 * import type { Schedule } from "@eosin/plugin-api/learning";
 *
 * // Half a cosine, from 1 to 0.
 * export const cosine: Schedule = { factor: (progress) => (1 + Math.cos(Math.PI * progress)) / 2 };
 * ```
 */
export interface Schedule {
  /**
   * @param progress Of training, in [0, 1): step / all steps.
   * @returns The factor on the optimizer's learning rate: finite, 0 or more.
   */
  factor(progress: number): number;
}
