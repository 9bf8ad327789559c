import { type ComponentContext, EosinError, type StepComponent, type StepContext } from "@eosin/plugin-api";
import { type PredictionSettings, type Predictions, type Sample, sampleLoader } from "@eosin/plugin-api/imaging";
import { FallbackRecord } from "../../inputs/fallback-record.js";
import { resolveInputSize, resolveScale } from "../../inputs/input-size.js";
import { engineOf } from "../../memory/engine-of.js";
import { chosenIds } from "../../predictor/chosen-ids.js";
import { openPredictor } from "../../predictor/open-predictor.js";
import { predictWindows, type SamplePrediction } from "../../predictor/predict-windows.js";
import { type Prediction, PredictionWriter } from "../../predictor/prediction-writer.js";
import { resizeMap } from "../../predictor/resize-map.js";
import { viewsOf } from "../../predictor/rotate.js";
import { sampleOrigins } from "../../predictor/sample-origins.js";
import { sampleViews } from "../../predictor/sample-views.js";
import { openMasking, settingsOf } from "../../predictor/settings.js";
import { sharingStatistics, useStatistics } from "../../predictor/shared-statistics.js";
import { openSplit } from "../../splits/open-split.js";
import type { TtaEvaluatorOptions } from "./options.js";

/**
 * Predicts samples as the paper does: four rotations, logits averaged, then (at `original` resolution) confidences
 * upsampled to the size on file, threshold, post-processing. At a scale, windows that overlap are averaged before that.
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
    const settings = options.settings ? settingsOf((await step.open(options.settings)).value) : askedSettings(options);
    const masking = await openMasking(this.#context, settings);
    const writer = new PredictionWriter(step, sampleOrigins(split), masking);
    const { read, window } = sampleViews(model.value, settings);

    const stored = { value: model.value, weights: model.blobPath("weights.safetensors") };
    const views = viewsOf(settings.rotations, settings.flips ?? false);
    const how = { views, batch: options.batch, size: window.size };
    const { predictor, batch } = await openPredictor(this.#context, engineOf(step), stored, how);
    const record = new FallbackRecord(step.log, split.key);
    try {
      const loader = await services.get(sampleLoader);
      const log = record.logger(options.part, ids.length);
      const { modules } = this.#context;
      const shared = { dataset: split.dataset, seed: step.seed, workers: options.workers, modules, log };
      const { interpolation, normalizer } = model.value;
      for (const group of sharingStatistics(split.dataset, ids, settings.statistics)) {
        const samples = () => loader.samples({ ...shared, ids: group, ...read, interpolation, normalizer });
        await useStatistics(predictor, group.length, samples, { ...window, batch }, settings.statistics);
        const predicted = predictWindows(predictor, samples(), { ...window, batch });
        const originals = options.resolution === "original" ? loader.samples({ ...shared, ids: group }) : undefined;
        await this.#write(step, predicted, originals, writer, ids.length);
      }
    } finally {
      predictor.dispose();
    }
    const fallbacks = [...(model.value.fallbacks ?? []), ...record.get()];
    return {
      predictor: model.value.title,
      role: "network",
      split: split.key,
      part: options.part,
      settings,
      threshold: settings.threshold,
      trainedOn: model.value.trainedOn,
      samples: writer.samples,
      ...(fallbacks.length > 0 ? { fallbacks } : {}),
    };
  }

  /** @param originals The same samples in their own sizes, where they are judged there. */
  async #write(
    step: StepContext,
    predicted: AsyncIterable<SamplePrediction>,
    originals: AsyncIterable<Sample> | undefined,
    writer: PredictionWriter,
    total: number,
  ): Promise<void> {
    const own = originals?.[Symbol.asyncIterator]();
    try {
      for await (const prediction of predicted) {
        step.signal.throwIfAborted();
        const judged = own ? atOriginal(prediction, (await own.next()).value) : prediction;
        await writer.add(writtenOf(judged));
        step.progress({ unit: "patch", current: writer.samples.length, total });
      }
    } finally {
      await own?.return?.();
    }
  }
}

function askedSettings(options: TtaEvaluatorOptions): PredictionSettings {
  const { window, rotations, flips, statistics, threshold, hysteresis, presence, postprocess } = options;
  const scale = resolveScale(options.scale);
  const size = window?.size === undefined ? undefined : resolveInputSize(window.size);
  return {
    ...(scale && { scale }),
    ...(window && { window: { ...(size && { size }), overlap: window.overlap } }),
    rotations,
    ...(flips && { flips }),
    ...(statistics && { statistics }),
    threshold,
    ...(hysteresis !== undefined && { hysteresis }),
    ...(presence !== undefined && { presence }),
    postprocess,
  };
}

/** @throws EosinError `MASK_MISSING` */
function writtenOf({ sample, probability, density, presence }: SamplePrediction): Prediction {
  const { id, domain, image, mask } = sample;
  if (mask === undefined) {
    throw new EosinError({ code: "MASK_MISSING", message: "The sample has no mask.", place: id });
  }
  const { width, height } = image;
  return { id, domain, width, height, image: image.data, truth: mask.data, probability, density, presence };
}

function atOriginal({ sample, probability, density, presence }: SamplePrediction, original: Sample): SamplePrediction {
  const { image } = original;
  return {
    sample: original,
    probability: resizeMap(probability, sample.image, image),
    density: density && { ...density, data: resizeMap(density.data, sample.image, image, density.stains) },
    presence,
  };
}
