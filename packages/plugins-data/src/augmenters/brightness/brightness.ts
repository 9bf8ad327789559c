import type { Augmenter } from "@eosin/plugin-api/imaging";
import { changesNothing, drawChannels, drawFactor } from "../channels/draw-channels.js";
import { scaleLevels } from "../levels/scale-levels.js";
import type { BrightnessOptions } from "./options.js";

/**
 * x ← f·x, as nnU-Net's MultiplicativeBrightnessTransform: every channel has a factor of its own. nnU-Net does so to
 * channels that it has standardised, whose 0 is their mean; about black, factors of their own would turn tissue yellow or
 * green. (The brightness of stain/colour-jitter is one factor for all three about black, and always comes with contrast,
 * saturation and hue.) Densities stay: the light has changed, not the stain.
 */
export function createBrightness(options: BrightnessOptions): Augmenter {
  const { p, factor, about } = options;
  return {
    apply(sample, rng) {
      if (!rng.chance(p)) return sample;
      const factors = drawChannels(rng, options, () => drawFactor(rng, factor));
      if (changesNothing(factors)) return sample;
      const image = scaleLevels(sample.image, factors, (scale, statistics) => {
        const centre = about === "mean" ? statistics().mean : 0;
        return { scale, move: centre * (1 - scale), least: 0, most: 255 };
      });
      return { ...sample, image };
    },
  };
}
