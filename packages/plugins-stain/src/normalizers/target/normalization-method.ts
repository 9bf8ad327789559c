import type { RgbImage } from "@eosin/plugin-api/imaging";
import type { z } from "@eosin/plugin-api/zod";
import type { Unsuitable } from "../../estimation/unsuitable.js";

/** A way to make one image look like another. */
export interface NormalizationMethod<Target extends object> {
  readonly type: string;
  /** Of what `measure` returns; it travels as plain JSON. */
  readonly target: z.ZodType<Target>;
  measure(image: RgbImage): Target | Unsuitable;
  normalize(image: RgbImage, target: Target): RgbImage | Unsuitable;
}
