import type { Augmenter } from "@eosin/plugin-api/imaging";
import { changesNothing, drawChannels } from "../channels/draw-channels.js";
import { lowerResolution } from "./lower-resolution.js";
import type { LowResolutionOptions } from "./options.js";

/**
 * Every channel to its own lower resolution, by the nearest pixel, and back, as nnU-Net's SimulateLowResolutionTransform
 * (PyTorch's `nearest-exact`, then `bilinear` or `bicubic` between outer edges).
 */
export function createLowResolution(options: LowResolutionOptions): Augmenter {
  const { p, scale, upsampling } = options;
  return {
    apply(sample, rng) {
      if (!rng.chance(p)) return sample;
      const scales = drawChannels(rng, options, () => rng.between(...scale));
      if (changesNothing(scales)) return sample;
      return { ...sample, image: lowerResolution(sample.image, scales, upsampling) };
    },
  };
}
