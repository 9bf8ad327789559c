import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ComponentContext, ComponentSpec, ProgressUpdate } from "@eosin/plugin-api";
import { type Postprocess, type Sample, type SampleEntry, sampleLoader } from "@eosin/plugin-api/imaging";
import type { EngineIdentity } from "@eosin/plugin-api/learning";
import sharp from "sharp";
import { openPredictor, type StoredModel } from "../evaluator/open-predictor.js";
import { binarize } from "../evaluator/prediction-writer.js";
import { sigmoidInPlace } from "../evaluator/predictor.js";
import { resizeMap } from "../evaluator/resize-map.js";
import { findImages } from "./image-files/find-images.js";
import { indexImages } from "./image-files/image-files.js";

/** What the container gives; `modules` must hold `@eosin/plugins-model` beside the plugins that the model names. */
export type PredictHost = Pick<ComponentContext<unknown>, "create" | "services" | "modules" | "log">;

export interface PredictRequest {
  readonly model: StoredModel;
  /** Files, and folders that are searched for images. */
  readonly images: readonly string[];
  readonly out: string;
  readonly engine: EngineIdentity;
  /** Degrees; all four unless said. */
  readonly rotations?: readonly (0 | 90 | 180 | 270)[];
  /** Images that pass the network at once; 8 unless said. */
  readonly batch?: number;
  /** 0.5 unless said. */
  readonly threshold?: number;
  /** Applied to the mask at the original size, in this order; none unless said. */
  readonly postprocess?: readonly ComponentSpec[];
  /** Threads that read images; 1 unless said. */
  readonly workers?: number;
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

/**
 * Predicts images with a trained model: `OUT/masks/<name>.png` and `OUT/probabilities/<name>.png`. Confidences are
 * upsampled to the original size, then thresholded and post-processed there.
 * @throws EosinError that names the file: missing, not decodable, two of one name.
 */
export async function predictImages(host: PredictHost, request: PredictRequest): Promise<readonly WrittenPrediction[]> {
  const { model, workers = 1, rotations = [0, 90, 180, 270] } = request;
  const { size, interpolation, normalizer } = model.value;
  const files = await findImages(request.images);
  const dataset = await indexImages(files, await Promise.all(files.map(({ path }) => hashFile(path))), {});
  const loader = await host.services.get(sampleLoader);
  const postprocess: Postprocess[] = [];
  for (const spec of request.postprocess ?? []) postprocess.push(await host.create(spec));
  const { predictor, batch } = await openPredictor(host, request.engine, model, {
    rotations,
    batch: request.batch ?? 8,
  });
  const written: WrittenPrediction[] = [];

  const predictStack = async (stack: readonly Sample[]): Promise<void> => {
    const images = new Uint8Array(stack.length * size.width * size.height * 3);
    for (const [i, { image }] of stack.entries()) images.set(image.data, i * image.data.length);
    const { logits } = await predictor.predict(images, { count: stack.length, ...size });
    sigmoidInPlace(logits);
    const pixels = size.width * size.height;
    for (const i of stack.keys()) {
      const probability = logits.subarray(i * pixels, (i + 1) * pixels);
      written.push(await writePrediction(request, dataset.samples[written.length], probability, postprocess));
      request.progress?.({ unit: "image", current: written.length, total: files.length });
    }
  };

  try {
    const ids = dataset.samples.map(({ id }) => id);
    const common = { dataset, ids, size, interpolation, normalizer, seed: 0, workers };
    let stack: Sample[] = [];
    for await (const sample of loader.samples({ ...common, modules: host.modules, log: host.log })) {
      request.signal?.throwIfAborted();
      stack.push(sample);
      if (stack.length < batch) continue;
      await predictStack(stack);
      stack = [];
    }
    if (stack.length > 0) await predictStack(stack);
  } finally {
    predictor.dispose();
  }
  return written;
}

async function writePrediction(
  { model, out, threshold = 0.5 }: PredictRequest,
  { id, width, height, source }: SampleEntry,
  atNetwork: Float32Array,
  postprocess: readonly Postprocess[],
): Promise<WrittenPrediction> {
  const probability = resizeMap(atNetwork, model.value.size, { width, height });
  const mask = binarize({ width, height, probability }, threshold, postprocess);
  const paths = { mask: join(out, "masks", `${id}.png`), probability: join(out, "probabilities", `${id}.png`) };
  const form = { raw: { width, height, channels: 1 } } as const;
  const maps = {
    mask: grey(mask),
    probability: grey(probability),
  };
  for (const kind of ["mask", "probability"] as const) {
    await mkdir(dirname(paths[kind]), { recursive: true });
    await sharp(maps[kind], form).toColourspace("b-w").png().toFile(paths[kind]);
  }
  const coverage = mask.reduce((sum, value) => sum + value, 0) / mask.length;
  return { id, image: (source as { image: string }).image, ...paths, coverage };
}

/** @param map 0…1 @returns 0…255 */
function grey(map: ArrayLike<number>): Uint8Array {
  const levels = new Uint8Array(map.length);
  for (let i = 0; i < levels.length; i++) levels[i] = Math.round(255 * map[i]);
  return levels;
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
