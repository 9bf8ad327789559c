import type { BatchNormVariables, Tf } from "@eosin/plugin-api/learning";
import type { Tensor1D } from "@tensorflow/tfjs-core";
import type { BatchNormKernels } from "./batch-norm-kernels.js";
import { ownData } from "./own-data.js";
import { kernelRunner } from "./signature.js";

/** One batch's statistics on their way into the running ones. */
export interface StatisticsMove {
  readonly variables: BatchNormVariables;
  readonly mean: Tensor1D;
  /** Biased. */
  readonly variance: Tensor1D;
  readonly momentum: number;
  /** Values that each statistic was taken over. */
  readonly count: number;
}

/** Moves running statistics at once, or holds the moves back until a training step knows that its loss is finite. */
export class RunningStatistics {
  readonly #tf: Tf;
  readonly #apply: (moves: readonly StatisticsMove[]) => void;
  #held: StatisticsMove[] | undefined;

  /** @param apply Makes moves in their order, where the back end has something better than a kernel call each. */
  constructor(tf: Tf, apply: (moves: readonly StatisticsMove[]) => void = (moves) => applyEach(tf, moves)) {
    this.#tf = tf;
    this.#apply = apply;
  }

  move(move: StatisticsMove): void {
    if (!this.#held) {
      this.#make([move]);
      return;
    }
    this.#tf.keep(move.mean);
    this.#tf.keep(move.variance);
    this.#held.push(move);
  }

  hold(): void {
    this.#held = [];
  }

  /** How many moves are held. */
  get held(): number {
    return this.#held?.length ?? 0;
  }

  /** The moves that are held since there were `count`. */
  since(count: number): readonly StatisticsMove[] {
    return this.#held?.slice(count) ?? [];
  }

  /** The same; they are held no more, and their tensors are the caller's to free. */
  take(count: number): readonly StatisticsMove[] {
    return this.#held?.splice(count) ?? [];
  }

  /** Drops the moves that were held since there were `count`: the pass that made them runs again. */
  rollBack(count: number): void {
    this.take(count).forEach(disposeMove);
  }

  /** Ends the hold. @param accept Whether the moves are made or dropped. */
  release(accept: boolean): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    if (accept) this.#make(held);
    held.forEach(disposeMove);
  }

  #make(moves: readonly StatisticsMove[]): void {
    for (const { variables } of moves) {
      ownData(this.#tf, variables.runningMean);
      ownData(this.#tf, variables.runningVariance);
    }
    this.#apply(moves);
  }
}

function applyEach(tf: Tf, moves: readonly StatisticsMove[]): void {
  const run = kernelRunner<BatchNormKernels>(tf);
  for (const { variables, mean, variance, momentum, count } of moves) {
    const { runningMean, runningVariance } = variables;
    run("EosinRunningStatistics", { runningMean, runningVariance, mean, variance }, { momentum, count });
  }
}

export function disposeMove({ mean, variance }: StatisticsMove): void {
  mean.dispose();
  variance.dispose();
}
