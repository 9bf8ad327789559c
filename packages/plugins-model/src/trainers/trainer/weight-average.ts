import type { Engine } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import type { AverageOptions } from "./average-options.js";

type Variables = ReadonlyMap<string, tfc.Variable>;

/** What the share of the old average is in the new one, after a step or an epoch; undefined where nothing is averaged then. */
interface Averaging {
  afterStep(step: number): number | undefined;
  afterEpoch(epoch: number): number | undefined;
  /** Whether the average stands for the weights after the epoch. */
  counts(epoch: number): boolean;
}

/**
 * A running average of all that a network has: weights and the running statistics of its norms alike, as timm's
 * `ModelEmaV2` and PyTorch's `AveragedModel(use_buffers=True)` have it, for which PyTorch says that no pass over the data
 * (`update_bn`) is needed. Its state depends on the steps alone, so a training that is continued gives the same bytes.
 */
export class WeightAverage {
  /** By the names of the parameters: what a checkpoint keeps. */
  readonly state: Variables;
  readonly #engine: Engine;
  readonly #weights: Variables;
  readonly #averaging: Averaging;
  readonly #pairs: readonly { readonly average: tfc.Variable; readonly variable: tfc.Variable }[];

  /** @param epochs That training has at most. */
  constructor(engine: Engine, weights: Variables, options: AverageOptions, epochs: number) {
    const { tf } = engine;
    this.#engine = engine;
    this.#weights = weights;
    this.#averaging = options.kind === "ema" ? exponential(options) : stochastic(options, epochs);
    // Data of their own from the start: what a step is measured to need is then what it needs.
    this.state = new Map(
      [...weights].map(([name, weight]) => [name, tf.tidy(() => tf.variable(tf.add(weight, 0), false))]),
    );
    this.#pairs = [...weights].map(([name, variable]) => ({ average: this.state.get(name)!, variable }));
  }

  /** @param step Of the training, from 1. */
  afterStep(step: number): void {
    this.#move(this.#averaging.afterStep(step));
  }

  /** @param epoch From 1. */
  afterEpoch(epoch: number): void {
    this.#move(this.#averaging.afterEpoch(epoch));
  }

  /** The network has the average while `work` runs, from the epoch on in which there is one. Nothing is copied. */
  async during<Result>(epoch: number, work: () => Promise<Result>): Promise<Result> {
    if (!this.#averaging.counts(epoch)) return work();
    this.#exchange();
    try {
      return await work();
    } finally {
      this.#exchange();
    }
  }

  /** The network keeps the average: training is at its end, after this epoch. */
  settle(epoch: number): void {
    if (this.#averaging.counts(epoch)) this.#exchange();
  }

  dispose(): void {
    for (const each of this.state.values()) each.dispose();
  }

  #move(decay: number | undefined): void {
    if (decay === undefined) return;
    if (decay > 0) this.#engine.ops.movingAverage(this.#pairs, { decay });
    else for (const { average, variable } of this.#pairs) average.assign(variable);
  }

  /** Variables change places by name of their data. */
  #exchange(): void {
    const { tf } = this.#engine;
    for (const [name, weight] of this.#weights) {
      const average = this.state.get(name)!;
      const held = tf.clone(weight);
      weight.assign(average);
      average.assign(held);
      held.dispose();
    }
  }
}

function exponential({ decay, warmup }: Extract<AverageOptions, { kind: "ema" }>): Averaging {
  return {
    afterStep: (step) => (warmup ? Math.min(decay, (1 + step) / (10 + step)) : decay),
    afterEpoch: () => undefined,
    counts: () => true,
  };
}

/** Izmailov et al. (2018), algorithm 1: the mean of the weights at the ends of epochs, with a cycle of one epoch. */
function stochastic({ from }: Extract<AverageOptions, { kind: "swa" }>, epochs: number): Averaging {
  const before = Math.floor(from * epochs);
  return {
    afterStep: () => undefined,
    afterEpoch: (epoch) => (epoch > before ? (epoch - before - 1) / (epoch - before) : undefined),
    counts: (epoch) => epoch > before,
  };
}
