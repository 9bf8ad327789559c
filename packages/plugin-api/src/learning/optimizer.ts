import type * as tfc from "@tensorflow/tfjs-core";
import type { Engine } from "./engine.js";

export interface Optimizer {
  /** The learning rate that schedules scale. */
  readonly learningRate: number;
  /** Makes its state (moments) for the variables, all zero. */
  attach(engine: Engine, variables: ReadonlyMap<string, tfc.Variable>): AttachedOptimizer;
}

export interface AttachedOptimizer {
  /** Its state by name, e.g. `first/encoder._conv_stem.weight`: what a checkpoint keeps. */
  readonly state: ReadonlyMap<string, tfc.Variable>;
  /** @param step From 1. Updates the variables in place. */
  update(gradients: ReadonlyMap<string, tfc.Tensor>, how: { step: number; learningRate: number }): void;
  dispose(): void;
}

/** Implementation of the kind `schedule`. */
export interface Schedule {
  /** @returns The factor on the optimizer's learning rate. @param progress Of training, in [0, 1): step / all steps. */
  factor(progress: number): number;
}
