import type { RgbImage } from "@eosin/plugin-api/imaging";
import { changedImage } from "../changed-image.js";
import type { ForChannels } from "../channels/draw-channels.js";
import { reserve } from "../kernels/augment-kernels.js";
import { pairGroups } from "./pair-groups.js";
import { mixChannel, weighChannel } from "./resample-channel.js";
import { resamplingOf } from "./resampling.js";

/** @param scales Of each channel's sides, above 0 and at most 1. */
export function lowerResolution(
  { width, height, data }: RgbImage,
  scales: ForChannels<number>,
  upsampling: "bilinear" | "cubic",
): RgbImage {
  const pixels = width * height;
  const taps = upsampling === "cubic" ? 4 : 2;
  const { kernels, at } = reserve({
    source: 3 * pixels,
    target: 3 * pixels,
    plane: width,
    places: 4 * taps * width,
    indices: 16 * Math.ceil(width / 8),
    weights: 4 * taps * width,
    rows: 4 * taps,
    rowWeights: 4 * taps,
    resampled: 4 * (width + 8) * height,
  });
  const { bytes } = kernels;
  bytes.set(data, at.source);
  bytes.copyWithin(at.target, at.source, at.source + 3 * pixels);
  for (let channel = 0; channel < 3; channel++) {
    const scale = scales[channel];
    if (scale === undefined) continue;
    const along = resamplingOf(width, scale, upsampling);
    const over = resamplingOf(height, scale, upsampling);
    const groups = taps === 2 ? pairGroups(along) : undefined;
    if (groups) mixChannel(kernels, at, channel, { width, height, groups, over });
    else weighChannel(kernels, at, channel, { width, height, along, over, taps });
  }
  return changedImage(kernels, at.target, width, height);
}
