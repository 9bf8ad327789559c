import type { Rng } from "@eosin/plugin-api";
import type { Augmenter, CropWindow, Sample } from "@eosin/plugin-api/imaging";
import { cropSample } from "../warp/crop-sample.js";
import { warpSample } from "../warp/warp-sample.js";
import { affineWarp } from "./affine-warp.js";
import { drawAffine } from "./draw-affine.js";
import type { AffineOptions } from "./options.js";

/** As nnU-Net's SpatialTransform without its elastic part: all in one resampling, so that a patch is smoothed once. */
export function createAffine(options: AffineOptions): Augmenter {
  const applyWithin = (sample: Sample, window: CropWindow, rng: Rng) => {
    const change = drawAffine(options, rng);
    return change ? warpSample(sample, affineWarp(change, window)) : cropSample(sample, window);
  };
  return {
    apply: (sample, rng) => {
      const { width, height } = sample.image;
      return applyWithin(sample, { x: 0, y: 0, width, height }, rng);
    },
    applyWithin,
  };
}
