import { defineArtifact } from "../artifact.js";
import type { ComponentSpec } from "../component.js";
import type { Normalizer } from "../imaging/normalizer.js";
import { type PatchFallbacks, patchFallbacks } from "../imaging/patch-fallbacks.js";
import type { FittedComponent, Interpolation, Scale } from "../imaging/sample-loader.js";
import { anyJson, componentSpec, count, size } from "../schemas.js";
import { z } from "../zod.js";
import type { ChannelNormalization } from "./channel-normalization.js";
import type { NetworkFactory } from "./network.js";

/** The value of a `model` artifact. Its blob `weights.safetensors` holds every parameter by name in the stored layout. */
export interface TrainedModel {
  /** As a report names it: `multi-task U-Net, tiny, α 0.3`. */
  readonly title: string;
  readonly network: ComponentSpec<NetworkFactory>;
  readonly parameters: number;
  /** Of the network's input: of the whole image, or of windows where the model has a scale. */
  readonly size: { readonly width: number; readonly height: number };
  /** What images were brought to before windows of `size` were cut out of them; absent where they were resized to `size`. */
  readonly scale?: Scale;
  readonly interpolation: Interpolation;
  readonly normalizer?: FittedComponent<Normalizer>;
  /**
   * What the values of images of more than 8 bits went up to while it was trained, e.g. 4095: images to be predicted are
   * read by it. Absent where the data set stated none, as with images of 8 bits.
   */
  readonly range?: number;
  /** What the network's input went through while it was trained; absent where the network states none. */
  readonly normalization?: ChannelNormalization;
  readonly split: string;
  readonly trainedOn: readonly string[];
  readonly history: readonly EpochRecord[];
  /** Epochs count from 1; the weights are this epoch's. */
  readonly bestEpoch: number;
  readonly stoppedBecause: "epochs" | "patience";
  /** Peak bytes of tensors of one training step, as estimated before the start. */
  readonly estimatedBytes: number;
  /** Training and validation patches that a component could not treat as asked; absent without any. */
  readonly fallbacks?: readonly PatchFallbacks[];
}

/** What is known of one epoch of a training. */
export interface EpochRecord {
  readonly epoch: number;
  readonly learningRate: number;
  /** Means over the epoch's samples: `loss`, its terms, `dice` (over those with pixels that count; absent without any). */
  readonly train: { readonly [name: string]: number };
  /** `loss` and its terms; `dice` and `iou`, over samples with pixels that count, absent without any. */
  readonly validation: { readonly [name: string]: number };
}

const rgb = z.tuple([z.number(), z.number(), z.number()]).readonly();
const figures = z.record(z.string(), z.number());

/** Artifacts of trained models. */
export const modelArtifact = defineArtifact<"model", TrainedModel>(
  "model",
  z.object({
    title: z.string(),
    network: componentSpec<NetworkFactory>(),
    parameters: count,
    size,
    scale: z.union([size.readonly(), z.object({ factor: z.number().positive() }).readonly()]).optional(),
    interpolation: z.enum(["bilinear", "area", "lanczos3", "nearest"]),
    normalizer: z.object({ spec: componentSpec<Normalizer>(), state: anyJson.optional() }).optional(),
    range: z.number().positive().optional(),
    normalization: z.object({ mean: rgb, deviation: rgb }).optional(),
    split: z.string(),
    trainedOn: z.array(z.string()),
    history: z.array(z.object({ epoch: count, learningRate: z.number(), train: figures, validation: figures })),
    bestEpoch: count,
    stoppedBecause: z.enum(["epochs", "patience"]),
    estimatedBytes: z.number(),
    fallbacks: z.array(patchFallbacks).optional(),
  }),
);
