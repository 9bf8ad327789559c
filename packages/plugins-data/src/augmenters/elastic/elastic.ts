import type { Rng } from "@eosin/plugin-api";
import type { Augmenter, CropWindow, Sample } from "@eosin/plugin-api/imaging";
import { cropSample } from "../warp/crop-sample.js";
import { warpSample } from "../warp/warp-sample.js";
import { elasticWarp } from "./elastic-warp.js";
import type { ElasticOptions } from "./options.js";

/**
 * Simard et al. 2003: white noise, smoothed by a Gaussian, moves every pixel. Its strength is given as the displacement
 * that comes out, whatever sigma is; Simard's own α is √3·2√π·sigma times as large.
 */
export function createElastic({ p, alpha, sigma }: ElasticOptions): Augmenter {
  const applyWithin = (sample: Sample, window: CropWindow, rng: Rng) => {
    if (!rng.chance(p)) return cropSample(sample, window);
    const strength = rng.between(...alpha);
    return warpSample(sample, elasticWarp(strength, rng.between(...sigma), window, rng));
  };
  return {
    apply: (sample, rng) => {
      const { width, height } = sample.image;
      return applyWithin(sample, { x: 0, y: 0, width, height }, rng);
    },
    applyWithin,
  };
}
