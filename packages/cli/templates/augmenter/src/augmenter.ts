import type { Augmenter } from "@eosin/plugin-api/imaging";
import type { Options } from "./options.js";

/** The picture gets brighter or darker; mask and densities stay, as nothing moves. */
export function create({ spread }: Options): Augmenter {
  return {
    apply(sample, rng) {
      const factor = rng.between(1 - spread, 1 + spread);
      const data = sample.image.data.map((value) => Math.min(255, Math.round(value * factor)));
      return { ...sample, image: { ...sample.image, data } };
    },
  };
}
