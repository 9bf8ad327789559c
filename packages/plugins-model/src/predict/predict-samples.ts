import type { ComponentContext, EosinError } from "@eosin/plugin-api";
import { type DatasetIndex, type Sample, sampleLoader } from "@eosin/plugin-api/imaging";
import type { EngineIdentity } from "@eosin/plugin-api/learning";
import { openPredictor, type StoredModel } from "../predictor/open-predictor.js";
import { sigmoidInPlace } from "../predictor/predictor.js";

/** What the container gives; `modules` must hold `@eosin/plugins-model` beside the plugins that the model names. */
export type PredictHost = Pick<ComponentContext<unknown>, "create" | "services" | "modules" | "log">;

export interface SamplePrediction {
  readonly sample: Sample;
  /** At the network's size, 0…1; overwritten by the next one. */
  readonly probability: Float32Array;
}

interface PredictionRequest {
  readonly model: StoredModel;
  readonly engine: EngineIdentity;
  readonly rotations: readonly (0 | 90 | 180 | 270)[];
  /** Images that pass the network at once. */
  readonly batch: number;
  readonly workers: number;
  /** Ends the predictions before the next images. */
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
  const { model, engine, rotations, workers, signal, failed } = request;
  const { size, interpolation, normalizer } = model.value;
  const loader = await host.services.get(sampleLoader);
  const { predictor, batch } = await openPredictor(host, engine, model, { rotations, batch: request.batch });
  request.opened();

  async function* predictStack(stack: readonly Sample[]): AsyncGenerator<SamplePrediction> {
    const images = new Uint8Array(stack.length * size.width * size.height * 3);
    for (const [i, { image }] of stack.entries()) images.set(image.data, i * image.data.length);
    const { logits } = await predictor.predict(images, { count: stack.length, ...size });
    sigmoidInPlace(logits);
    const pixels = size.width * size.height;
    for (const [i, sample] of stack.entries()) {
      yield { sample, probability: logits.subarray(i * pixels, (i + 1) * pixels) };
    }
  }

  try {
    const ids = dataset.samples.map(({ id }) => id);
    const { modules, log } = host;
    const asked = { dataset, ids, size, interpolation, normalizer, seed: 0, workers, modules, log };
    let stack: Sample[] = [];
    for await (const sample of loader.samplesOnce(asked, failed)) {
      if (signal?.aborted) return;
      stack.push(sample);
      if (stack.length < batch) continue;
      yield* predictStack(stack);
      stack = [];
    }
    if (stack.length > 0) yield* predictStack(stack);
  } finally {
    predictor.dispose();
  }
}
