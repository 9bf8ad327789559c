import { takeImage } from "@eosin/pictures/image-pool";
import type { Rng } from "@eosin/plugin-api";
import { type Augmenter, IGNORED, type RgbImage } from "@eosin/plugin-api/imaging";
import { reserve } from "../kernels/augment-kernels.js";
import { COUNTS_BYTES, countLevels } from "../levels/count-levels.js";
import { levelStatistics } from "../levels/level-statistics.js";
import type { CutOutOptions } from "./options.js";

interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * Rectangles of one colour about places that are drawn evenly, so that they may reach over the border (DeVries and Taylor
 * 2017). Densities stay what they were: they can be told from what is around.
 */
export function createCutOut({ p, count, size, fill, labels }: CutOutOptions): Augmenter {
  return {
    apply(sample, rng) {
      if (!rng.chance(p)) return sample;
      const { width, height, data } = sample.image;
      const colour = fill === "mean" ? meanColour(sample.image) : fill;
      const image = takeImage(width, height);
      image.data.set(data);
      const mask = sample.mask && {
        ...sample.mask,
        data: labels === "ignore" ? sample.mask.data.slice() : sample.mask.data,
      };
      const rectangles = count[0] + rng.integer(count[1] - count[0] + 1);
      for (let i = 0; i < rectangles; i++) {
        const rectangle = drawRectangle(width, height, size, rng);
        cover(image, rectangle, colour);
        if (mask && labels === "ignore") ignore(mask.data, width, rectangle);
      }
      return { ...sample, image, mask };
    },
  };
}

function drawRectangle(width: number, height: number, size: readonly [number, number], rng: Rng): Rectangle {
  const across = Math.round(width * rng.between(...size));
  const down = Math.round(height * rng.between(...size));
  const left = rng.integer(width) - (across >> 1);
  const top = rng.integer(height) - (down >> 1);
  return {
    left: Math.max(0, left),
    top: Math.max(0, top),
    right: Math.min(width, left + across),
    bottom: Math.min(height, top + down),
  };
}

function cover({ width, data }: RgbImage, { left, top, right, bottom }: Rectangle, colour: ArrayLike<number>): void {
  for (let y = top; y < bottom; y++) {
    for (let at = 3 * (y * width + left), end = 3 * (y * width + right); at < end; at += 3) {
      data[at] = colour[0];
      data[at + 1] = colour[1];
      data[at + 2] = colour[2];
    }
  }
}

function ignore(labels: Uint8Array, width: number, { left, top, right, bottom }: Rectangle): void {
  for (let y = top; y < bottom; y++) if (left < right) labels.fill(IGNORED, y * width + left, y * width + right);
}

function meanColour({ width, height, data }: RgbImage): readonly number[] {
  const pixels = width * height;
  const { kernels, at } = reserve({ image: 3 * pixels, counts: COUNTS_BYTES });
  kernels.bytes.set(data, at.image);
  const counts = countLevels(kernels, at.image, pixels, at.counts);
  return [0, 1, 2].map((channel) => Math.round(levelStatistics(counts, channel).mean));
}
