import type { ComponentContext } from "@eosin/plugin-api";
import type { ChosenSettings, Postprocess, PredictionSettings } from "@eosin/plugin-api/imaging";
import type { Masking } from "./binarize.js";

/** Settings without what they were chosen by. */
export function settingsOf({ chosen: _, ...settings }: ChosenSettings): PredictionSettings {
  return settings;
}

/** Creates what makes masks of confidences. */
export async function openMasking(
  { create }: Pick<ComponentContext<unknown>, "create">,
  { threshold, hysteresis, postprocess: specs }: PredictionSettings,
): Promise<Masking> {
  const postprocess: Postprocess[] = [];
  for (const spec of specs) postprocess.push(await create(spec));
  return { threshold, hysteresis, postprocess };
}

/** In words: `384 × 384 px, 8 views, threshold 0.6, model/minor-region-filter`. */
export function describeSettings(settings: Partial<PredictionSettings>): string {
  const { scale, rotations = [], flips, statistics, threshold, hysteresis, postprocess = [] } = settings;
  const views = rotations.length * (flips ? 2 : 1);
  const words = [
    scale && ("factor" in scale ? `scale ${scale.factor}` : `scale ${scale.width} × ${scale.height} px`),
    views > 0 && `${views} ${views === 1 ? "view" : "views"}`,
    statistics && `${statistics.share} of the images' statistics`,
    threshold !== undefined && `threshold ${threshold}`,
    hysteresis !== undefined && `hysteresis ${hysteresis}`,
    ...postprocess.map(({ uses, with: options }) => `${uses} ${JSON.stringify(options)}`),
  ];
  return words.filter((each) => typeof each === "string").join(", ");
}
