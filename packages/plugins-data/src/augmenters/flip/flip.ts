import type { Augmenter } from "@eosin/plugin-api/imaging";
import { movePixels, type PixelMove } from "../move-pixels.js";
import type { FlipOptions } from "./options.js";

export function createFlip({ horizontal, vertical }: FlipOptions): Augmenter {
  return {
    apply(sample, rng) {
      const leftRight = rng.chance(horizontal);
      const topBottom = rng.chance(vertical);
      if (!leftRight && !topBottom) return sample;
      const { width, height } = sample.image;
      return movePixels(sample, flipMove(width, height, leftRight, topBottom));
    },
  };
}

function flipMove(width: number, height: number, leftRight: boolean, topBottom: boolean): PixelMove {
  return {
    width,
    height,
    start: (leftRight ? width - 1 : 0) + (topBottom ? (height - 1) * width : 0),
    stepX: leftRight ? -1 : 1,
    stepY: topBottom ? -width : width,
  };
}
