import { EosinError, type ProgressUpdate } from "@eosin/plugin-api";
import type { PassedOver, PredictionSettings, RemarkCount, SampleEntry } from "@eosin/plugin-api/imaging";
import type { EngineIdentity } from "@eosin/plugin-api/learning";
import type { ImageSource } from "../datasets/image-files/image-files.js";
import type { FailedImage } from "../predictions-manifest/manifest.js";
import type { StoredModel } from "../predictor/open-predictor.js";
import { openMasking } from "../predictor/settings.js";
import { drawPrediction } from "./draw-prediction.js";
import { gatherImages } from "./gather-images.js";
import { type AskedCall, OutputFolder } from "./output-folder.js";
import { type PredictHost, predictSamples } from "./predict-samples.js";
import { RemarkTally } from "./remark-tally.js";

export interface PredictRequest {
  /** Whose logits are averaged: one, or several that see images in one way. */
  readonly models: readonly StoredModel[];
  /** Files, and folders that are searched for images; relative to the working folder. */
  readonly images: readonly string[];
  readonly out: string;
  readonly engine: EngineIdentity;
  /** Where the model comes from, for the manifest. */
  readonly origin?: Pick<AskedCall, "run" | "instance">;
  /** What values of more than 8 bits go up to; the model's own range unless said. */
  readonly range?: number;
  /** Which picture of files that hold several, from 1. */
  readonly page?: number;
  /** Pixels of the largest image that is opened. */
  readonly maxPixels?: number;
  /** How images are predicted; four rotations, threshold 0.5 and nothing after it unless said. */
  readonly settings?: Partial<PredictionSettings>;
  /** Images that pass the network at once; 8 unless said. */
  readonly batch?: number;
  /** Threads that read images; 1 unless said. */
  readonly workers?: number;
  /** Ends the call after the images under way; what was written stays. */
  readonly signal?: AbortSignal;
  progress?(update: ProgressUpdate): void;
}

export interface WrittenPrediction {
  readonly id: string;
  readonly image: string;
  /** PNG of the image's size: 0 background, 255 foreground. */
  readonly mask: string;
  /** PNG of the image's size: 0…255 for probability 0…1. */
  readonly probability: string;
  /** Share of the image that the mask covers, 0…1. */
  readonly coverage: number;
}

/** An image that was not predicted, and why. */
export interface FailedPrediction {
  readonly image: string;
  readonly error: EosinError;
}

export interface PredictedImages {
  readonly written: readonly WrittenPrediction[];
  readonly failed: readonly FailedPrediction[];
  /** What was done to files to read them, and what speaks against it. */
  readonly remarks: readonly RemarkCount[];
  /** What is in the folders searched and was not taken. */
  readonly passedOver: readonly PassedOver[];
  /** Sentences about the search and about how values were read. */
  readonly notes: readonly string[];
  /** Images that were not come to, because `signal` ended the call. */
  readonly left: number;
}

/**
 * Predicts images with a trained model: `OUT/masks/<name>.png`, `OUT/probabilities/<name>.png` and, about all of them,
 * `OUT/predictions.json`. Confidences are upsampled to the original size, then thresholded and post-processed there.
 * An image that cannot be read fails alone.
 * @throws EosinError before anything is written: `FILE_MISSING`, `NO_IMAGES`, `DUPLICATE_ID` (two of one name),
 * `OUTPUT_EXISTS`; also `OUTPUT_UNWRITABLE`
 */
export async function predictImages(host: PredictHost, request: PredictRequest): Promise<PredictedImages> {
  const { models, range, page, maxPixels } = request;
  const model = seenAlike(models);
  const settings: PredictionSettings = { ...usualSettings, ...request.settings };
  const { range: modelRange } = model.value;
  const title = [...new Set(models.map(({ value }) => value.title))].join("; ");
  const gathered = await gatherImages(request.images, { range, modelRange, page, maxPixels });
  const { dataset, passedOver, notes, doubts } = gathered;
  const entries = new Map(dataset.samples.map((entry) => [entry.id, entry]));
  const entryOf = (id: string) => entries.get(id) as SampleEntry;
  const failed: FailedPrediction[] = gathered.faults.map(({ path, error }) => ({ image: path, error }));
  const masking = await openMasking(host, settings);

  const applied = range ?? modelRange;
  const output = await OutputFolder.open(
    request.out,
    dataset.samples.map((entry) => ({ id: entry.id, image: imageOf(entry) })),
    {
      ...{ when: new Date().toISOString(), ...request.origin, model: title, ...settings },
      ...(applied !== undefined && { range: applied }),
    },
  );
  const written: WrittenPrediction[] = [];
  const tally = new RemarkTally();
  const progress = progressOf(request, failed.length, entries.size);
  try {
    const { engine, signal, batch = 8, workers = 1 } = request;
    const fail = (id: string, error: EosinError) => failed.push({ image: imageOf(entryOf(id)), error });
    const asked = { models, engine, settings, batch, workers, signal, opened: progress.start, failed: fail };
    // Where no image can be read, the network need not be opened.
    const predicted = entries.size === 0 ? [] : predictSamples(host, dataset, asked);
    for await (const { sample, probability, presence } of predicted) {
      const entry = entryOf(sample.id);
      const remarks = [...(sample.remarks ?? []), ...(doubts.get(entry.id) ?? [])];
      const { coverage, ...maps } = await drawPrediction({ ...sample.image, probability, presence }, entry, masking);
      const paths = await output.write(entry.id, maps, { coverage, ...(remarks.length > 0 && { remarks }) });
      tally.add(imageOf(entry), remarks);
      written.push({ id: entry.id, image: imageOf(entry), ...paths, coverage });
      progress.tell(written.length + failed.length);
    }
  } finally {
    await output.close(failed.map(asFailedImage));
  }
  const left = gathered.faults.length + entries.size - written.length - failed.length;
  return { written, failed, remarks: tally.list(), passedOver, notes, left };
}

/**
 * The first of models that may vote together.
 * @throws EosinError `MODELS_DIFFER`
 */
function seenAlike([first, ...others]: readonly StoredModel[]): StoredModel {
  const seen = ({ value: { size, scale, interpolation, normalizer, range } }: StoredModel) =>
    JSON.stringify([size, scale, interpolation, normalizer, range]);
  const other = others.find((each) => seen(each) !== seen(first));
  if (other === undefined) return first;
  throw new EosinError({
    code: "MODELS_DIFFER",
    message: "The models do not see images in one way, and cannot vote together.",
    expected: "models of one size, scale, interpolation, normalisation and range of values",
    found: `${first.value.title}, and ${other.value.title} that sees them otherwise`,
    next: "Name one with --model.",
  });
}

const usualSettings: PredictionSettings = { rotations: [0, 90, 180, 270], threshold: 0.5, postprocess: [] };

/** @param before Images that failed before the first was predicted. */
function progressOf({ progress }: PredictRequest, before: number, total: number) {
  let started = performance.now();
  return {
    start: () => {
      started = performance.now();
    },
    tell: (through: number) => {
      const current = through - before;
      const seconds = (performance.now() - started) / 1000;
      progress?.({ unit: "image", current, total, rate: { value: current / seconds, unit: "images/s" } });
    },
  };
}

function imageOf({ source }: SampleEntry): string {
  return (source as ImageSource).image;
}

function asFailedImage({ image, error }: FailedPrediction): FailedImage {
  const { code, message, expected, found, next } = error;
  return { image, code, message, expected, found, next };
}
