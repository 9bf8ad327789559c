import type { Augmenter } from "@eosin/plugin-api/imaging";
import type { z } from "@eosin/plugin-api/zod";
import { brightness, type Change, contrast, hue, saturation } from "./change.js";
import { changeImage } from "./change-image.js";
import type { colourJitterOptions } from "./options.js";

/**
 * Brightness, contrast, saturation and hue as torchvision and Albumentations define them, in an order that is drawn,
 * each on the 8-bit result of the one before. Density targets stay as they are.
 */
export function createColourJitter(options: z.output<typeof colourJitterOptions>): Augmenter {
  return {
    apply(sample, rng) {
      if (!rng.chance(options.p)) return sample;
      const changes: Change[] = [
        brightness(rng.between(...options.brightness)),
        contrast(rng.between(...options.contrast)),
        saturation(rng.between(...options.saturation)),
        hue(rng.between(-options.hue, options.hue)),
      ];
      return { ...sample, image: changeImage(sample.image, rng.shuffle(changes)) };
    },
  };
}
