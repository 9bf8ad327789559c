import type { ComponentContext, StepContext } from "@eosin/plugin-api";
import {
  type Predictions,
  type RgbImage,
  type Sample,
  type SampleLoader,
  type Split,
  sampleLoader,
} from "@eosin/plugin-api/imaging";
import { resolveInputSize } from "../../inputs/input-size.js";
import { chosenIds } from "../../predictor/chosen-ids.js";
import { PredictionWriter } from "../../predictor/prediction-writer.js";
import { sampleOrigins } from "../../predictor/sample-origins.js";
import { domainsOf } from "../../splits/domains-of.js";
import { openSplit } from "../../splits/open-split.js";
import type { BaselineOptions } from "./options.js";

/** Foreground probabilities of an image, row-major. */
export type PixelPredictor = (image: RgbImage) => Float32Array;

export interface Baseline {
  /** As a report names it. */
  readonly title: string;
  /** Learns from the training part; without anything to learn, no samples are read. */
  fit(split: Split, training: () => AsyncIterable<Sample>): Promise<PixelPredictor>;
}

/** Fits a baseline and writes its predictions in the form that networks write theirs. */
export async function runBaseline(
  context: ComponentContext<BaselineOptions>,
  step: StepContext,
  baseline: Baseline,
): Promise<Predictions> {
  const { options } = context;
  const split = await openSplit(step, options.split);
  const loader = await context.services.get(sampleLoader);
  const ids = chosenIds(split, options.part, options.domains);
  const request: Parameters<SampleLoader["samples"]>[0] = {
    dataset: split.dataset,
    ids,
    interpolation: options.interpolation,
    seed: step.seed,
    workers: options.workers,
    modules: context.modules,
    log: step.log,
  };
  const size = resolveInputSize(options.size);
  const predict = await baseline.fit(split, () => loader.samples({ ...request, ids: split.train, size }));
  const writer = new PredictionWriter(step, sampleOrigins(split), { threshold: options.threshold });
  for await (const sample of loader.samples(options.resolution === "original" ? request : { ...request, size })) {
    step.signal.throwIfAborted();
    const { id, domain, image, mask } = sample;
    await writer.add({
      id,
      domain,
      width: image.width,
      height: image.height,
      image: image.data,
      truth: mask?.data ?? new Uint8Array(image.width * image.height),
      probability: predict(image),
    });
    step.progress({ unit: "patch", current: writer.samples.length, total: ids.length });
  }
  return {
    predictor: baseline.title,
    role: "baseline",
    split: split.key,
    part: options.part,
    threshold: options.threshold,
    trainedOn: domainsOf(split, split.train),
    samples: writer.samples,
  };
}
