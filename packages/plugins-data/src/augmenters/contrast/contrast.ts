import type { Augmenter } from "@eosin/plugin-api/imaging";
import { changesNothing, drawChannels, drawFactor } from "../channels/draw-channels.js";
import { scaleLevels } from "../levels/scale-levels.js";
import type { ContrastOptions } from "./options.js";

/**
 * x ← mean + f·(x − mean), cut to the channel's own least and greatest value, as nnU-Net's ContrastTransform. (The
 * contrast of stain/colour-jitter is about the picture's mean grey, the same for all channels, and is cut at 0 and 255.)
 */
export function createContrast(options: ContrastOptions): Augmenter {
  const { p, factor, preserveRange } = options;
  return {
    apply(sample, rng) {
      if (!rng.chance(p)) return sample;
      const factors = drawChannels(rng, options, () => drawFactor(rng, factor));
      if (changesNothing(factors)) return sample;
      const image = scaleLevels(sample.image, factors, (scale, statistics) => {
        const { mean, least, most } = statistics();
        const move = mean * (1 - scale);
        return preserveRange ? { scale, move, least, most } : { scale, move, least: 0, most: 255 };
      });
      return { ...sample, image };
    },
  };
}
