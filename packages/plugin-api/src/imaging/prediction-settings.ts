import { defineArtifact } from "../artifact.js";
import type { ComponentSpec } from "../component.js";
import { componentSpec, count, size } from "../schemas.js";
import { z } from "../zod.js";
import type { Postprocess } from "./postprocess.js";
import type { Scale } from "./sample-loader.js";

/** How images are predicted, and what is made of a network's confidences. */
export interface PredictionSettings {
  /** What images are resized to before windows of them are predicted; absent: as the model was trained. */
  readonly scale?: Scale;
  /** Windows by which images at a scale are predicted; absent: of the model's size, half overlapping. */
  readonly window?: {
    readonly size?: { readonly width: number; readonly height: number };
    /** Share of a window that the next one covers too, at least; in [0, 1). */
    readonly overlap: number;
  };
  /** Degrees by which images are turned, multiples of 90; logits are averaged. */
  readonly rotations: readonly number[];
  /** Whether each is also of the mirrored image. */
  readonly flips?: boolean;
  /** Statistics of batch normalisation taken from the images that are predicted; absent: training's. */
  readonly statistics?: TestStatistics;
  /** Pixels with a greater probability are foreground. */
  readonly threshold: number;
  /** Lower than `threshold`: pixels with a greater probability are foreground too where they touch such. */
  readonly hysteresis?: number;
  /**
   * In (0, 1): an image has no foreground where the network is at most so sure that it has any. How sure it is: what it says
   * by the output `imageLevel`, else the confidence that the surest hundredth of the image's pixels has at least.
   */
  readonly presence?: number;
  /** Applied to the mask, in this order. */
  readonly postprocess: readonly ComponentSpec<Postprocess>[];
}

/** Whose statistics a network normalises by when it predicts. */
export interface TestStatistics {
  /** `domain`, or the name of an attribute: images of one value share their statistics. A lone image keeps training's. */
  readonly by: string;
  /** Of theirs, in [0, 1]; the rest is of training's. */
  readonly share: number;
}

/** The value of a `prediction-settings` artifact. */
export interface ChosenSettings extends PredictionSettings {
  /** What they were chosen by. */
  readonly chosen: {
    /** Name of the metric that a mean over patches was taken of. */
    readonly metric: string;
    /** That mean with these settings, and with a threshold of 0.5 and nothing after it. */
    readonly score: number;
    readonly plain: number;
    readonly patches: number;
    /** Settings that were tried. */
    readonly tried: number;
  };
}

const quarterTurn = z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]);

const settings = {
  scale: z.union([size.readonly(), z.object({ factor: z.number().positive() }).readonly()]).optional(),
  window: z.object({ size: size.optional(), overlap: z.number() }).optional(),
  rotations: z.array(quarterTurn),
  flips: z.boolean().optional(),
  statistics: z.object({ by: z.string(), share: z.number().min(0).max(1) }).optional(),
  threshold: z.number(),
  hysteresis: z.number().optional(),
  presence: z.number().optional(),
  postprocess: z.array(componentSpec<Postprocess>()),
};

/** Of settings that are part of another artifact. */
export const predictionSettings: z.ZodType<PredictionSettings> = z.object(settings);

/** Artifacts of settings that a step chose. */
export const predictionSettingsArtifact = defineArtifact<"prediction-settings", ChosenSettings>(
  "prediction-settings",
  z.object({
    ...settings,
    chosen: z.object({ metric: z.string(), score: z.number(), plain: z.number(), patches: count, tried: count }),
  }),
);
