import type { StepContext } from "@eosin/plugin-api";

const seconds = () => performance.now() / 1000;

/** Tells how far training is. Figures repeat from run to run; only rate and time left depend on the clock. */
export class TrainingProgress {
  readonly #context: StepContext;
  readonly #epochs: number;
  readonly #batchesPerEpoch: number;
  readonly #started = seconds();
  #epochStarted = seconds();
  #samples = 0;

  constructor(context: StepContext, how: { epochs: number; batchesPerEpoch: number }) {
    this.#context = context;
    this.#epochs = how.epochs;
    this.#batchesPerEpoch = how.batchesPerEpoch;
  }

  /** Seconds since training began in this process. */
  get elapsed(): number {
    return seconds() - this.#started;
  }

  startEpoch(): void {
    this.#epochStarted = seconds();
    this.#samples = 0;
  }

  /** The last part of an epoch's share is its validation's. @param batch Of the epoch, from 1. @param samples In this batch. */
  batch(epoch: number, batch: number, samples: number, values: { readonly [name: string]: number }): void {
    this.#samples += samples;
    this.#context.progress({
      unit: "epoch",
      current: epoch - 1 + batch / (this.#batchesPerEpoch + 1),
      total: this.#epochs,
      values,
      rate: this.#rate(),
    });
  }

  epoch(epoch: number, values: { readonly [name: string]: number }): void {
    this.#context.progress({ unit: "epoch", current: epoch, total: this.#epochs, values, rate: this.#rate() });
  }

  #rate() {
    return { value: this.#samples / (seconds() - this.#epochStarted), unit: "images/s" };
  }
}
