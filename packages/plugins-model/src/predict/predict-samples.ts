import type { ComponentContext, EosinError } from "@eosin/plugin-api";
import { type DatasetIndex, type PredictionSettings, type Sample, sampleLoader } from "@eosin/plugin-api/imaging";
import type { EngineIdentity } from "@eosin/plugin-api/learning";
import { openPredictor, type StoredModel } from "../predictor/open-predictor.js";
import { predictWindows, type SamplePrediction } from "../predictor/predict-windows.js";
import { viewsOf } from "../predictor/rotate.js";
import { sampleViews } from "../predictor/sample-views.js";
import { sharingStatistics, useStatistics } from "../predictor/shared-statistics.js";
import { vote } from "../predictor/vote.js";

/** What the container gives; `modules` must hold `@eosin/plugins-model` beside the plugins that the model names. */
export type PredictHost = Pick<ComponentContext<unknown>, "create" | "services" | "modules" | "log">;

interface PredictionRequest {
  /** That see images in one way; their logits are averaged. */
  readonly models: readonly StoredModel[];
  readonly engine: EngineIdentity;
  readonly settings: PredictionSettings;
  /** Images, or windows of them, that pass the network at once. */
  readonly batch: number;
  readonly workers: number;
  /** Ends the predictions before the next image. */
  readonly signal?: AbortSignal;
  /** Called when the network is there, before the first image. */
  opened(): void;
  failed(id: string, error: EosinError): void;
}

/** Predicts the samples of a dataset in their order; only those of one pass are held at a time. */
export async function* predictSamples(
  host: PredictHost,
  dataset: DatasetIndex,
  request: PredictionRequest,
): AsyncGenerator<SamplePrediction> {
  const { models, engine, settings, workers, signal, failed } = request;
  const [model] = models;
  const { interpolation, normalizer } = model.value;
  const { read, window } = sampleViews(model.value, settings);
  const loader = await host.services.get(sampleLoader);
  const views = viewsOf(settings.rotations, settings.flips ?? false);
  const how = { views, batch: request.batch, size: window.size };
  const opened = [];
  for (const each of models) opened.push(await openPredictor(host, engine, each, how));
  const predictor = vote(opened.map((each) => each.predictor));
  const batch = Math.min(...opened.map((each) => each.batch));
  request.opened();
  try {
    const all = dataset.samples.map(({ id }) => id);
    const { modules, log } = host;
    const shared = { ...read, dataset, interpolation, normalizer, seed: 0, workers, modules, log };
    // Images have no attributes but their folder.
    const statistics = settings.statistics && { ...settings.statistics, by: "domain" };
    for (const ids of sharingStatistics(dataset, all, statistics)) {
      const samples = (tell: typeof failed) => until(signal, loader.samplesOnce({ ...shared, ids }, tell));
      // What fails is told when it is predicted.
      const unheard = () => samples(() => {});
      await useStatistics(predictor, ids.length, unheard, { ...window, batch }, statistics);
      yield* predictWindows(predictor, samples(failed), { ...window, batch });
    }
  } finally {
    predictor.dispose();
  }
}

/** What is under way when the signal is aborted passes through; nothing else begins. */
async function* until(signal: AbortSignal | undefined, samples: AsyncIterable<Sample>): AsyncGenerator<Sample> {
  for await (const sample of samples) {
    if (signal?.aborted) return;
    yield sample;
  }
}
