import type { JsonValue } from "../json.js";
import type { RgbImage } from "./image.js";
import type { Sample } from "./sample.js";

/** Maps images to a reference appearance. Deterministic; done once an image, before any augmentation. */
export interface Normalizer {
  /** Chooses or measures the target from the training part. @returns Plain JSON, given to `create` as `state`. */
  fit?(samples: AsyncIterable<Sample>): Promise<JsonValue>;
  /** @returns A new image, or the one that came in where it cannot be normalised (said through the log, see `Fallback`). */
  normalize(image: RgbImage, name: string): RgbImage;
}
