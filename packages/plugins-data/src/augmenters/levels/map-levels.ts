import type { RgbImage } from "@eosin/plugin-api/imaging";
import { changedImage } from "../changed-image.js";
import type { ForChannels } from "../channels/draw-channels.js";
import { reserve } from "../kernels/augment-kernels.js";
import { COUNTS_BYTES, countLevels } from "./count-levels.js";

/** What becomes of a level of one channel, before it is rounded and cut to 0…255. */
export type LevelMap = (level: number) => number;

/**
 * An image of which each level of a channel has become another. Each of the 256 is computed once, in double precision, so
 * that no formula is too expensive.
 * @param mapOf Makes a channel's map of its amount; it may look at how often each of the 3 × 256 levels is there.
 */
export function mapLevels<Amount>(
  { width, height, data }: RgbImage,
  amounts: ForChannels<Amount>,
  mapOf: (amount: Amount, channel: number, counts: Uint32Array) => LevelMap,
): RgbImage {
  const pixels = width * height;
  const { kernels, at } = reserve({ image: 3 * pixels, counts: COUNTS_BYTES, maps: 768 });
  const { run, bytes } = kernels;
  bytes.set(data, at.image);
  const counts = countLevels(kernels, at.image, pixels, at.counts);
  for (let channel = 0; channel < 3; channel++) {
    const amount = amounts[channel];
    const map = amount === undefined ? (level: number) => level : mapOf(amount, channel, counts);
    const to = at.maps + 256 * channel;
    for (let level = 0; level < 256; level++) bytes[to + level] = Math.round(Math.max(0, Math.min(255, map(level))));
  }
  run.mapLevels(at.image, pixels, at.maps);
  return changedImage(kernels, at.image, width, height);
}
