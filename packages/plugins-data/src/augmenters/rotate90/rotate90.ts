import type { Augmenter } from "@eosin/plugin-api/imaging";
import { movePixels, type PixelMove } from "../move-pixels.js";
import type { Rotate90Options } from "./options.js";

/** As albumentations' RandomRotate90, which the paper's code uses. An odd turn swaps width and height. */
export function createRotate90({ p }: Rotate90Options): Augmenter {
  return {
    apply(sample, rng) {
      const turns = rng.chance(p) ? rng.integer(4) : 0;
      if (turns === 0) return sample;
      return movePixels(sample, rotationMove(sample.image.width, sample.image.height, turns));
    },
  };
}

/** @param turns Quarter turns counter-clockwise, 1…3 (as numpy's `rot90`). */
export function rotationMove(width: number, height: number, turns: number): PixelMove {
  if (turns === 1) return { width: height, height: width, start: width - 1, stepX: width, stepY: -1 };
  if (turns === 2) return { width, height, start: width * height - 1, stepX: -1, stepY: -width };
  return { width: height, height: width, start: (height - 1) * width, stepX: -width, stepY: 1 };
}
