import type { RgbImage } from "@eosin/plugin-api/imaging";
import { changedImage } from "../changed-image.js";
import type { ForChannels } from "../channels/draw-channels.js";
import { reserve } from "../kernels/augment-kernels.js";
import { COUNTS_BYTES, countLevels } from "./count-levels.js";

/**
 * An image of which each level of a channel has become another. Each of the 256 is computed once, in double precision, so
 * that no formula is too expensive.
 * @param valuesOf What becomes of a channel's 256 levels, before they are rounded and cut to 0…255; it may look at how
 * often each of the 3 × 256 is there.
 */
export function mapLevels<Amount>(
  { width, height, data }: RgbImage,
  amounts: ForChannels<Amount>,
  valuesOf: (amount: Amount, channel: number, counts: Uint32Array) => Float64Array,
): RgbImage {
  const pixels = width * height;
  const { kernels, at } = reserve({ image: 3 * pixels, counts: COUNTS_BYTES, maps: 768 });
  const { run, bytes } = kernels;
  bytes.set(data, at.image);
  const counts = countLevels(kernels, at.image, pixels, at.counts);
  for (let channel = 0; channel < 3; channel++) {
    const amount = amounts[channel];
    const values = amount === undefined ? undefined : valuesOf(amount, channel, counts);
    const to = at.maps + 256 * channel;
    for (let level = 0; level < 256; level++) {
      bytes[to + level] = values ? Math.round(Math.max(0, Math.min(255, values[level]))) : level;
    }
  }
  run.mapLevels(at.image, pixels, at.maps);
  return changedImage(kernels, at.image, width, height);
}
