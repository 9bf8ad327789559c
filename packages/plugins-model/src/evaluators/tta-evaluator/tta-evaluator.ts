import type { ComponentContext, StepComponent, StepContext } from "@eosin/plugin-api";
import {
  type PatchFallbacks,
  type Postprocess,
  type Predictions,
  type Sample,
  type SampleBatch,
  type SampleLoader,
  type Split,
  sampleLoader,
} from "@eosin/plugin-api/imaging";
import type { TrainedModel } from "@eosin/plugin-api/learning";
import { FallbackRecord } from "../../inputs/fallback-record.js";
import { engineOf } from "../../memory/engine-of.js";
import { chosenIds } from "../../predictor/chosen-ids.js";
import { type OpenPredictor, openPredictor } from "../../predictor/open-predictor.js";
import { PredictionWriter } from "../../predictor/prediction-writer.js";
import { type StackPrediction, sigmoidInPlace } from "../../predictor/predictor.js";
import { resizeMap } from "../../predictor/resize-map.js";
import { sampleOrigins } from "../../predictor/sample-origins.js";
import { openSplit } from "../../splits/open-split.js";
import type { TtaEvaluatorOptions } from "./options.js";

/**
 * Predicts samples as the paper does: four rotations, logits averaged, then (at `original` resolution) confidences
 * upsampled to the size on file, threshold, post-processing.
 */
export class TtaEvaluator implements StepComponent<Predictions> {
  readonly #context: ComponentContext<TtaEvaluatorOptions>;

  constructor(context: ComponentContext<TtaEvaluatorOptions>) {
    this.#context = context;
  }

  async run(step: StepContext): Promise<Predictions> {
    const { options, services } = this.#context;
    const split = await openSplit(step, options.split);
    const model = await step.open(options.model);
    const ids = chosenIds(split, options.part, options.domains);
    const postprocess: Postprocess[] = [];
    for (const spec of options.postprocess) postprocess.push(await this.#context.create(spec));
    const writer = new PredictionWriter(step, sampleOrigins(split), options.threshold, postprocess);

    const stored = { value: model.value, weights: model.blobPath("weights.safetensors") };
    const open = await openPredictor(this.#context, engineOf(step), stored, options);
    const fallbacks = [...(model.value.fallbacks ?? [])];
    try {
      const loader = await services.get(sampleLoader);
      fallbacks.push(...(await this.#predict(step, loader, open, model.value, split, ids, writer)));
    } finally {
      open.predictor.dispose();
    }
    return {
      predictor: model.value.title,
      role: "network",
      split: split.key,
      threshold: options.threshold,
      trainedOn: model.value.trainedOn,
      samples: writer.samples,
      ...(fallbacks.length > 0 ? { fallbacks } : {}),
    };
  }

  /** @returns What normalizers met on the way. */
  async #predict(
    step: StepContext,
    loader: SampleLoader,
    { predictor, batch }: OpenPredictor,
    { size, interpolation, normalizer }: TrainedModel,
    { dataset, key }: Split,
    ids: readonly string[],
    writer: PredictionWriter,
  ): Promise<readonly PatchFallbacks[]> {
    const { workers, resolution, part } = this.#context.options;
    const record = new FallbackRecord(step.log, key);
    const log = record.logger(part, ids.length);
    const shared = { dataset, ids, seed: step.seed, workers, modules: this.#context.modules, log };
    const source = await loader.open({ ...shared, size, interpolation, normalizer, batch, shuffle: false });
    const originals = resolution === "original" ? loader.samples(shared)[Symbol.asyncIterator]() : undefined;
    try {
      for await (const loaded of source.epoch(0)) {
        step.signal.throwIfAborted();
        const predicted = await predictor.predict(loaded.image, { ...loaded, count: loaded.ids.length });
        sigmoidInPlace(predicted.logits);
        for (let index = 0; index < loaded.ids.length; index++) {
          const atNetwork = sliceOf(loaded, predicted, index);
          await writer.add(originals ? atOriginal(atNetwork, (await originals.next()).value) : atNetwork);
        }
        loaded.release();
        step.progress({ unit: "patch", current: writer.samples.length, total: ids.length });
      }
      return record.get();
    } finally {
      await originals?.return?.();
      await source.close();
    }
  }
}

type SlicedPrediction = ReturnType<typeof sliceOf>;

function sliceOf({ ids, domains, width, height, image, mask }: SampleBatch, predicted: StackPrediction, index: number) {
  const pixels = width * height;
  const { logits, density, stains } = predicted;
  const rows = <Data extends Uint8Array | Float32Array>(data: Data, channels: number) =>
    data.subarray(index * pixels * channels, (index + 1) * pixels * channels) as Data;
  return {
    id: ids[index],
    domain: domains[index],
    width,
    height,
    image: rows(image, 3),
    truth: rows(mask, 1),
    probability: rows(logits, 1),
    density: density && { data: rows(density, stains), stains },
  };
}

function atOriginal(prediction: SlicedPrediction, { image, mask }: Sample) {
  const size = { width: image.width, height: image.height };
  const { probability, density } = prediction;
  return {
    ...prediction,
    ...size,
    image: image.data,
    truth: mask?.data ?? new Uint8Array(size.width * size.height),
    probability: resizeMap(probability, prediction, size),
    density: density && { ...density, data: resizeMap(density.data, prediction, size, density.stains) },
  };
}
