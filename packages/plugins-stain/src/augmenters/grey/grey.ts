import { takeImage } from "@eosin/pictures/image-pool";
import type { Augmenter, RgbImage } from "@eosin/plugin-api/imaging";
import type { z } from "@eosin/plugin-api/zod";
import { stainKernels } from "../../pixel-kernels/stain-kernels.js";
import { forEachStrip, takeSource } from "../../pixel-kernels/strips.js";
import type { greyOptions } from "./options.js";

export function createGrey({ p }: z.output<typeof greyOptions>): Augmenter {
  return {
    apply(sample, rng) {
      return rng.chance(p) ? { ...sample, image: greyOf(sample.image) } : sample;
    },
  };
}

/** @returns A new picture: each pixel's luma, to the nearest byte, in all channels. */
export function greyOf({ width, height, data }: RgbImage): RgbImage {
  const kernels = stainKernels();
  const made = takeImage(width, height);
  forEachStrip(kernels, data, (pixels, first) => {
    kernels.run.grey(pixels);
    takeSource(kernels, made.data, pixels, first);
  });
  return made;
}
