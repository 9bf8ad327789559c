import { EosinError } from "@eosin/plugin-api";
import type { PredictionSettings, Scale } from "@eosin/plugin-api/imaging";
import type { TrainedModel } from "@eosin/plugin-api/learning";
import type { ImageSize } from "../inputs/input-size.js";

/** How images are brought before a network: what the loader is asked for, and the windows of it. */
export interface SampleViews {
  readonly read: { readonly size: ImageSize } | { readonly scale: Scale };
  readonly window: { readonly size: ImageSize; readonly overlap: number };
}

/**
 * At the scale that the model was trained at, windows of the size that it was trained on; without a scale the whole image,
 * resized to that size.
 * @throws EosinError `WINDOWS_NEEDED` where windows are asked for and nothing says at which scale
 */
export function sampleViews(
  model: Pick<TrainedModel, "size" | "scale">,
  asked: Pick<PredictionSettings, "scale" | "window"> = {},
): SampleViews {
  const { scale = model.scale, window } = asked;
  const { size } = model;
  if (scale !== undefined) {
    return { read: { scale }, window: { size: window?.size ?? size, overlap: window?.overlap ?? DEFAULT_OVERLAP } };
  }
  if (window === undefined) return { read: { size }, window: { size, overlap: 0 } };
  throw new EosinError({
    code: "WINDOWS_NEEDED",
    message: "The model was trained on whole images, and nothing says at which scale windows of them are cut.",
    place: "option window",
    expected: "`scale` beside `window`",
    found: `a model of ${size.width} × ${size.height} without a scale`,
    next: "Set `scale`, or take `window` out.",
  });
}

/** As nnU-Net. */
export const DEFAULT_OVERLAP = 0.5;
