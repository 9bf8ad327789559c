import type { ComponentContext } from "@eosin/plugin-api";
import type { ChosenSettings, Postprocess, PredictionSettings, Predictions } from "@eosin/plugin-api/imaging";
import type { Masking } from "./binarize.js";

/** Settings without what they were chosen by. */
export function settingsOf({ chosen: _, ...settings }: ChosenSettings): PredictionSettings {
  return settings;
}

/** How images are seen, without how masks are made of what is seen. */
type ViewSettings = Omit<PredictionSettings, "threshold" | "hysteresis" | "presence" | "postprocess">;

/** How all of them saw images, where that is one way, by networks. */
export function commonViews(predictions: readonly Pick<Predictions, "settings">[]): ViewSettings | undefined {
  const [first, ...others] = predictions.map(({ settings }) => settings && viewsOnly(settings));
  return others.every((each) => JSON.stringify(each) === JSON.stringify(first)) ? first : undefined;
}

function viewsOnly(settings: PredictionSettings): ViewSettings {
  const { threshold: _, hysteresis: __, presence: ___, postprocess: ____, ...views } = settings;
  return views;
}

/** Creates what makes masks of confidences. */
export async function openMasking(
  { create }: Pick<ComponentContext<unknown>, "create">,
  { threshold, hysteresis, presence, postprocess: specs }: PredictionSettings,
): Promise<Masking> {
  const postprocess: Postprocess[] = [];
  for (const spec of specs) postprocess.push(await create(spec));
  return { threshold, hysteresis, presence, postprocess };
}

/** In words: `384 × 384 px, 8 views, threshold 0.6, model/minor-region-filter`. */
export function describeSettings(settings: Partial<PredictionSettings>): string {
  const { scale, rotations = [], flips, statistics, threshold, hysteresis, presence, postprocess = [] } = settings;
  const views = rotations.length * (flips ? 2 : 1);
  const words = [
    scale && ("factor" in scale ? `scale ${scale.factor}` : `scale ${scale.width} × ${scale.height} px`),
    views > 0 && `${views} ${views === 1 ? "view" : "views"}`,
    statistics && `${statistics.share} of the images' statistics`,
    threshold !== undefined && `threshold ${threshold}`,
    hysteresis !== undefined && `hysteresis ${hysteresis}`,
    presence !== undefined && `presence ${presence}`,
    ...postprocess.map(({ uses, with: options }) => `${uses} ${JSON.stringify(options)}`),
  ];
  return words.filter((each) => typeof each === "string").join(", ");
}
