import type { BatchNormVariables, Tf } from "@eosin/plugin-api/learning";
import type { Tensor1D } from "@tensorflow/tfjs-core";
import { type Operation, runKernel } from "./operation.js";
import { ownData } from "./own-data.js";

/** One batch's statistics on their way into the running ones. */
interface StatisticsMove {
  readonly variables: BatchNormVariables;
  readonly mean: Tensor1D;
  /** Biased. */
  readonly variance: Tensor1D;
  readonly momentum: number;
  /** Values that each statistic was taken over. */
  readonly count: number;
}

export const runningStatistics: Operation = {
  kernels: {
    EosinRunningStatistics: (tf, { runningMean, runningVariance, mean, variance }, { momentum, count }) => {
      const unbiased = tf.mul(variance, count / Math.max(1, count - 1));
      runningMean.assign(tf.add(runningMean, tf.mul(tf.sub(mean, runningMean), momentum)));
      runningVariance.assign(tf.add(runningVariance, tf.mul(tf.sub(unbiased, runningVariance), momentum)));
      return [];
    },
  },
  gradients: () => [],
};

/** Moves running statistics at once, or holds the moves back until a training step knows that its loss is finite. */
export class RunningStatistics {
  readonly #tf: Tf;
  #held: StatisticsMove[] | undefined;

  constructor(tf: Tf) {
    this.#tf = tf;
  }

  move(move: StatisticsMove): void {
    if (!this.#held) {
      this.#apply(move);
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

  /** Drops the moves that were held since there were `count`: the pass that made them runs anew. */
  rollBack(count: number): void {
    for (const { mean, variance } of this.#held?.splice(count) ?? []) {
      mean.dispose();
      variance.dispose();
    }
  }

  /** Ends the hold. @param accept Whether the moves are made or dropped. */
  release(accept: boolean): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const move of held) {
      if (accept) this.#apply(move);
      move.mean.dispose();
      move.variance.dispose();
    }
  }

  #apply({ variables: { runningMean, runningVariance }, mean, variance, momentum, count }: StatisticsMove): void {
    ownData(this.#tf, runningMean);
    ownData(this.#tf, runningVariance);
    const inputs = { runningMean, runningVariance, mean, variance };
    runKernel(this.#tf, "EosinRunningStatistics", inputs, { momentum, count });
  }
}
