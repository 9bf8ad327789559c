import { EosinError, type Logger, type Rng } from "@eosin/plugin-api";
import type { BatchSource, SampleBatch } from "@eosin/plugin-api/imaging";
import type { AttachedOptimizer, HostRecord, Optimizer, Schedule, TrainingStep } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import type { Checkpoint } from "../../checkpoints/checkpoint.js";
import { captureVariables, restoreVariables, type VariableValues } from "../../checkpoints/variable-store.js";
import { hostRecord, judgedSamples } from "../../inputs/batch-tensors.js";
import { RandomFeeds } from "../../inputs/random-feeds.js";
import type { AverageOptions } from "./average-options.js";
import { type LearningParts, trainableVariables, trainingObjective } from "./objective.js";
import { SampleMeans } from "./sample-means.js";
import { WeightAverage } from "./weight-average.js";

export interface SessionSettings {
  readonly optimizer: Optimizer;
  readonly schedule: Schedule;
  readonly random: RandomFeeds;
  /** Keys the random numbers of each step. */
  readonly rng: Rng;
  readonly microBatch: number;
  readonly epochs: number;
  readonly batchesPerEpoch: number;
  /** As the training step takes it. */
  readonly clipNorm?: number;
  readonly average?: AverageOptions;
  /** Told how the engine computes the steps. */
  readonly log: Logger;
}

type SessionState = Pick<Checkpoint, "weights" | "optimizer" | "average">;

type Figures = { readonly [name: string]: number };

/** The state that training changes (weights, moments and averages), and one epoch of changing it. */
export class TrainingSession {
  readonly #parts: LearningParts;
  readonly #settings: SessionSettings;
  readonly #attached: AttachedOptimizer;
  readonly #weights: ReadonlyMap<string, tfc.Variable>;
  readonly #average: WeightAverage | undefined;
  readonly #step: TrainingStep;
  readonly #now = { step: 0, learningRate: 0 };
  #unjudged = 0;
  #warnedUneven = false;

  constructor(parts: LearningParts, settings: SessionSettings) {
    this.#parts = parts;
    this.#settings = settings;
    const variables = trainableVariables(parts.network);
    this.#attached = settings.optimizer.attach(parts.engine, variables);
    this.#weights = new Map([...parts.network.parameters].map(([name, { variable }]) => [name, variable]));
    const { average, epochs, clipNorm } = settings;
    this.#average = average && new WeightAverage(parts.engine, this.#weights, average, epochs);
    this.#step = parts.engine.trainingStep({
      variables,
      clipNorm,
      objective: trainingObjective(parts, RandomFeeds.context),
      update: (gradients) => this.#attached.update(gradients, this.#now),
      log: settings.log,
    });
  }

  /** The rate of the step (from 1). */
  learningRate(step: number): number {
    const { optimizer, schedule, epochs, batchesPerEpoch } = this.#settings;
    return optimizer.learningRate * schedule.factor((step - 1) / (epochs * batchesPerEpoch));
  }

  /**
   * @returns Means over the epoch's samples.
   * @throws EosinError `NON_FINITE_LOSS`, naming the batch; the weights are then as they were before it.
   */
  async runEpoch(
    source: BatchSource,
    epoch: number,
    signal: AbortSignal,
    tell: (batch: number, samples: number, values: Figures) => void,
  ): Promise<Figures> {
    const means = new SampleMeans();
    let index = 0;
    this.#unjudged = 0;
    for await (const batch of source.epoch(epoch)) {
      signal.throwIfAborted();
      index++;
      this.#now.step = (epoch - 1) * this.#settings.batchesPerEpoch + index;
      this.#now.learningRate = this.learningRate(this.#now.step);
      const samples = batch.ids.length;
      const records = this.#microBatches(batch);
      const judged = records.flatMap(judgedSamples).filter(Boolean).length;
      const { loss, watch, gradientNorm } = await this.#step.run(records);
      if (!Number.isFinite(loss)) throw nonFinite(epoch, `batch ${index}`, loss, batch.ids);
      if (gradientNorm !== undefined && !Number.isFinite(gradientNorm)) {
        throw nonFinite(epoch, `batch ${index}`, gradientNorm, batch.ids, "norm of the gradients");
      }
      this.#average?.afterStep(this.#now.step);
      const { dice, ...terms } = watch;
      const figures: Figures = { loss, ...terms, ...(gradientNorm !== undefined && { gradientNorm }) };
      means.add(figures, samples);
      // The mean of the step is over all samples.
      const overlap: Figures = judged === 0 ? {} : { dice: judged === samples ? dice : (dice * samples) / judged };
      means.add(overlap, judged);
      this.#unjudged += samples - judged;
      tell(index, samples, { ...figures, ...overlap });
      batch.release();
    }
    this.#average?.afterEpoch(epoch);
    return means.get();
  }

  /** Patches of the last epoch of which no pixel counts. */
  get unjudged(): number {
    return this.#unjudged;
  }

  #microBatches(batch: SampleBatch): readonly HostRecord[] {
    const { microBatch, random, rng } = this.#settings;
    const numbers = rng.fork(this.#now.step);
    const records: HostRecord[] = [];
    for (let from = 0; from < batch.ids.length; from += microBatch) {
      const to = Math.min(from + microBatch, batch.ids.length);
      const record = hostRecord(batch, from, to, this.#parts.loss.needsDistances);
      records.push({ ...record, ...random.draw(numbers, from, to) });
    }
    if (records.length > 1 && records.some(({ valid }) => valid)) this.#warnUneven();
    return records;
  }

  /** Losses that are not means over samples anyway were said with the plan. */
  #warnUneven(): void {
    if (this.#warnedUneven || this.#parts.loss.batchCoupled) return;
    this.#warnedUneven = true;
    this.#settings.log.warn(
      "Some pixels are ignored: the loss is then a mean over the others of each micro-batch, not of the whole batch.",
    );
  }

  /** The network has the weights that count after the epoch (their average, where one is taken) while `work` runs. */
  withJudgedWeights<Result>(epoch: number, work: () => Promise<Result>): Promise<Result> {
    return this.#average ? this.#average.during(epoch, work) : work();
  }

  /** The network keeps the weights that count after the epoch. Nothing is trained any more. */
  settle(epoch: number): void {
    this.#average?.settle(epoch);
  }

  /** What the network has now. */
  captureWeights(): Promise<VariableValues> {
    return captureVariables(this.#weights);
  }

  async captureState(): Promise<SessionState> {
    return {
      weights: await this.captureWeights(),
      optimizer: await captureVariables(this.#attached.state),
      ...(this.#average && { average: await captureVariables(this.#average.state) }),
    };
  }

  restoreWeights(weights: VariableValues): void {
    restoreVariables(this.#parts.engine.tf, this.#weights, weights);
  }

  restoreState({ weights, optimizer, average = new Map() }: SessionState): void {
    const { tf } = this.#parts.engine;
    this.restoreWeights(weights);
    restoreVariables(tf, this.#attached.state, optimizer);
    restoreVariables(tf, this.#average?.state ?? new Map(), average);
  }

  dispose(): void {
    this.#step.dispose();
    this.#attached.dispose();
    this.#average?.dispose();
  }
}

export function nonFinite(
  epoch: number,
  where: string,
  value: number,
  ids: readonly string[],
  what = "loss",
): EosinError {
  return new EosinError({
    code: "NON_FINITE_LOSS",
    message: `The ${what} is ${value} in epoch ${epoch}, ${where}; training stopped.`,
    place: `samples ${ids.join(", ")}`,
    expected: `a finite ${what}`,
    found: String(value),
    next: "Look at these samples, or lower the learning rate; the checkpoint of the last complete epoch is kept.",
  });
}
