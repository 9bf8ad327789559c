import { join } from "node:path";
import type { StepContext } from "@eosin/plugin-api";
import { type PredictedSample, predictionBlobName } from "@eosin/plugin-api/imaging";
import { type StoredTensor, storedFloat32, writeStoredTensors } from "@eosin/plugin-api/tensor-file";
import { binarize, type Masking } from "./binarize.js";
import type { SampleOrigins } from "./sample-origins.js";

/** One sample's prediction with what it was made from; all maps have the same width and height. */
export interface Prediction {
  readonly id: string;
  readonly domain: string;
  readonly width: number;
  readonly height: number;
  /** RGB, 0…255 */
  readonly image: Uint8Array;
  /** 0/1, and 255 where a pixel is ignored */
  readonly truth: Uint8Array;
  /** 0…1 */
  readonly probability: Float32Array;
  readonly density?: { readonly data: Float32Array; readonly stains: number };
  /** 0…1 */
  readonly presence?: number;
}

/** Thresholds, post-processes and stores predictions, one blob a sample. */
export class PredictionWriter {
  readonly samples: PredictedSample[] = [];
  readonly #step: StepContext;
  readonly #origins: SampleOrigins;
  readonly #masking: Masking;

  constructor(step: StepContext, origins: SampleOrigins, masking: Masking) {
    this.#step = step;
    this.#origins = origins;
    this.#masking = masking;
  }

  async add(prediction: Prediction): Promise<void> {
    const { id, domain, width, height, image, truth, probability, density, presence } = prediction;
    const mask = binarize({ width, height, probability, presence }, this.#masking);
    const tensors = new Map<string, StoredTensor>([
      ["probability", storedFloat32(probability, [height, width])],
      ["prediction", { type: "U8", shape: [height, width], bytes: mask }],
      ["truth", { type: "U8", shape: [height, width], bytes: truth }],
      ["image", { type: "U8", shape: [height, width, 3], bytes: image }],
    ]);
    if (density) tensors.set("density", storedFloat32(density.data, [height, width, density.stains]));
    const name = predictionBlobName(this.samples.length);
    const path = join(this.#step.scratch, name);
    await writeStoredTensors(path, tensors);
    await this.#step.output.moveIn(name, path);
    const said = presence === undefined ? {} : { presence };
    this.samples.push({ id, domain, width, height, ...said, ...this.#origins.get(id) });
  }
}
