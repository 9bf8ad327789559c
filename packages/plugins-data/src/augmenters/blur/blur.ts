import type { Augmenter } from "@eosin/plugin-api/imaging";
import { changesNothing, drawChannels } from "../channels/draw-channels.js";
import { blurImage, type Sigmas } from "./blur-image.js";
import type { BlurOptions } from "./options.js";

/** As nnU-Net's GaussianBlurTransform, its borders reflected as there, its Gaussian cut at four deviations as SciPy's. */
export function createBlur(options: BlurOptions): Augmenter {
  const { p, sigma, axes } = options;
  return {
    apply(sample, rng) {
      if (!rng.chance(p)) return sample;
      const sigmas = drawChannels<Sigmas>(rng, options, () => {
        const x = rng.between(...sigma);
        const y = rng.between(...sigma);
        return { x, y: axes === "together" ? x : y };
      });
      if (changesNothing(sigmas)) return sample;
      return { ...sample, image: blurImage(sample.image, sigmas) };
    },
  };
}
