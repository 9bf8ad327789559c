import { defineArtifact } from "../artifact.js";
import { size } from "../schemas.js";
import { z } from "../zod.js";
import type { SampleEntry } from "./dataset.js";
import { type PatchFallbacks, patchFallbacks } from "./patch-fallbacks.js";
import { type PredictionSettings, predictionSettings } from "./prediction-settings.js";
import type { SplitPart } from "./split.js";

/**
 * The value of a `predictions` artifact. Each sample has one blob, `<index>.safetensors`, index as in `samples`, with
 * `probability` F32 (h, w), `prediction` U8 (h, w) 0/1 after post-processing, `truth` U8 (h, w) 0/1, and 255 where a pixel
 * is ignored (the prediction there is not judged), `image` U8 (h, w, 3) and, where the network separates stains, `density` F32
 * (h, w, stains): as many stains as the network tells apart.
 */
export interface Predictions {
  /** What made them, as a report names it: `multi-task U-Net, tiny, α 0.3`, `everything is tumour`. */
  readonly predictor: string;
  /** `network` or `baseline`: reports set baselines apart. */
  readonly role: "network" | "baseline";
  /** Fold key. */
  readonly split: string;
  /** The part of the fold that was predicted. */
  readonly part?: SplitPart;
  /** How a network predicted; absent of baselines. */
  readonly settings?: PredictionSettings;
  readonly threshold: number;
  /** The domains that the predictor was trained on: reports tell seen ones from unseen ones. */
  readonly trainedOn: readonly string[];
  readonly samples: readonly PredictedSample[];
  /** Patches that a component could not treat as asked, while predicting and while the predictor was trained; absent without any. */
  readonly fallbacks?: readonly PatchFallbacks[];
}

/** One predicted patch: `width` and `height` in pixels are those of its maps. */
export interface PredictedSample {
  readonly id: string;
  readonly domain: string;
  readonly width: number;
  readonly height: number;
  /** How sure a network with the output `imageLevel` is that the patch holds foreground at all, 0…1. */
  readonly presence?: number;
  /** Value of the split's `groupBy` attribute: samples of one group are not independent cases. */
  readonly group?: string;
  /** As in the data set's index: reports give figures by any of them. */
  readonly attributes?: SampleEntry["attributes"];
}

/** Artifacts of predictions. */
export const predictionsArtifact = defineArtifact<"predictions", Predictions>(
  "predictions",
  z.object({
    predictor: z.string(),
    role: z.enum(["network", "baseline"]),
    split: z.string(),
    part: z.enum(["train", "validation", "test"]).optional(),
    settings: predictionSettings.optional(),
    threshold: z.number(),
    trainedOn: z.array(z.string()),
    samples: z.array(
      z.object({
        id: z.string(),
        domain: z.string(),
        ...size.shape,
        presence: z.number().min(0).max(1).optional(),
        group: z.string().optional(),
        attributes: z.record(z.string(), z.string()).optional(),
      }),
    ),
    fallbacks: z.array(patchFallbacks).optional(),
  }),
);

/** Name of the blob of the sample at `index`. */
export function predictionBlobName(index: number): string {
  return `${String(index).padStart(5, "0")}.safetensors`;
}
