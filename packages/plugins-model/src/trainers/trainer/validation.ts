import type { BatchSource } from "@eosin/plugin-api/imaging";
import type { EvaluationStep, TensorRecord } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { hostRecord, judgedSamples, lossBatch } from "../../inputs/batch-tensors.js";
import { evaluationContext } from "../../inputs/random-feeds.js";
import type { LearningParts } from "./objective.js";
import { countOverlap, diceOf, iouOf } from "./overlap.js";
import { SampleMeans } from "./sample-means.js";

const TERM = "term/";

/** Judges the network on a part of the split: mean loss and terms, Dice and IoU per patch at probability > 0.5. */
export class Validation {
  readonly #step: EvaluationStep;
  readonly #microBatch: number;
  readonly #distances: number | undefined;
  #unjudged = 0;

  /** @param microBatch Samples that pass at once, as in training: the loss is taken over each of these. */
  constructor({ engine, network, loss, normalization }: LearningParts, microBatch: number) {
    this.#microBatch = microBatch;
    this.#distances = loss.needsDistances;
    const { tf } = engine;
    this.#step = engine.evaluationStep((tensors: TensorRecord): TensorRecord => {
      const batch = lossBatch(normalization, tensors);
      const outputs = network.forward(batch.image, evaluationContext);
      const { total, terms } = loss.compute(tf, outputs, batch);
      const figures: { [name: string]: tfc.Tensor } = { loss: total };
      for (const [name, term] of Object.entries(terms)) figures[TERM + name] = term;
      return { ...figures, ...countOverlap(tf, outputs.mask as tfc.Tensor4D, batch) };
    });
  }

  /** Patches of the last run of which no pixel counts: they have no Dice and no IoU. */
  get unjudged(): number {
    return this.#unjudged;
  }

  async run(source: BatchSource, signal: AbortSignal): Promise<{ readonly [name: string]: number }> {
    this.#unjudged = 0;
    const means = new SampleMeans();
    const overlaps = new SampleMeans();
    for await (const batch of source.epoch(0)) {
      for (let from = 0; from < batch.ids.length; from += this.#microBatch) {
        signal.throwIfAborted();
        const to = Math.min(from + this.#microBatch, batch.ids.length);
        const record = hostRecord(batch, from, to, this.#distances);
        const judged = judgedSamples(record);
        const { predicted, truth, both, ...figures } = await this.#step.run(record);
        const values: { [name: string]: number } = {};
        for (const [name, { data }] of Object.entries(figures)) values[name.replace(TERM, "")] = data[0];
        means.add(values, to - from);
        for (let i = 0; i < to - from; i++) {
          if (!judged[i]) {
            this.#unjudged++;
            continue;
          }
          const counts = [predicted.data[i], truth.data[i], both.data[i]] as const;
          overlaps.add({ dice: diceOf(...counts), iou: iouOf(...counts) }, 1);
        }
      }
      batch.release();
    }
    return { ...means.get(), ...overlaps.get() };
  }
}
