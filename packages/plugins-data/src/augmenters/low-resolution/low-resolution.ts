import type { Augmenter, RgbImage } from "@eosin/plugin-api/imaging";
import { changedImage } from "../changed-image.js";
import { changesNothing, drawChannels, type ForChannels } from "../channels/draw-channels.js";
import { type AugmentKernels, reserve } from "../kernels/augment-kernels.js";
import type { LowResolutionOptions } from "./options.js";
import { type AxisResampling, resamplingOf } from "./resampling.js";

/**
 * Every channel to its own lower resolution, by the nearest pixel, and back, as nnU-Net's SimulateLowResolutionTransform
 * (PyTorch's `nearest-exact`, then `bilinear` or `bicubic` between outer edges).
 */
export function createLowResolution(options: LowResolutionOptions): Augmenter {
  const { p, scale, upsampling } = options;
  return {
    apply(sample, rng) {
      if (!rng.chance(p)) return sample;
      const scales = drawChannels(rng, options, () => rng.between(...scale));
      if (changesNothing(scales)) return sample;
      return { ...sample, image: lowerResolution(sample.image, scales, upsampling) };
    },
  };
}

/** @param scales Of each channel's sides, above 0 and at most 1. */
export function lowerResolution(
  { width, height, data }: RgbImage,
  scales: ForChannels<number>,
  upsampling: LowResolutionOptions["upsampling"],
): RgbImage {
  const pixels = width * height;
  const taps = upsampling === "cubic" ? 4 : 2;
  const { kernels, at } = reserve({
    source: 3 * pixels,
    target: 3 * pixels,
    places: 4 * taps * width,
    weights: 4 * taps * width,
    rows: 4 * taps,
    rowWeights: 4 * taps,
    resampled: 4 * (width + 4) * height,
  });
  const { bytes } = kernels;
  bytes.set(data, at.source);
  bytes.copyWithin(at.target, at.source, at.source + 3 * pixels);
  for (let channel = 0; channel < 3; channel++) {
    const scale = scales[channel];
    if (scale === undefined) continue;
    const along = resamplingOf(width, scale, upsampling);
    const over = resamplingOf(height, scale, upsampling);
    resampleChannel(kernels, at, channel, { width, height, along, over, taps });
  }
  return changedImage(kernels, at.target, width, height);
}

interface Places {
  readonly source: number;
  readonly target: number;
  readonly places: number;
  readonly weights: number;
  readonly rows: number;
  readonly rowWeights: number;
  readonly resampled: number;
}

interface ChannelResampling {
  readonly width: number;
  readonly height: number;
  readonly taps: number;
  readonly along: AxisResampling;
  readonly over: AxisResampling;
}

function resampleChannel(
  { run, integers, floats }: AugmentKernels,
  at: Places,
  channel: number,
  { width, height, along, over, taps }: ChannelResampling,
): void {
  for (let i = 0; i < taps * width; i++) {
    integers[(at.places >> 2) + i] = 3 * along.kept[along.places[i]];
    floats[(at.weights >> 2) + i] = along.weights[i];
  }
  const rowBytes = 4 * (width + 4);
  for (let row = 0; row < over.kept.length; row++) {
    const from = at.source + 3 * width * over.kept[row] + channel;
    run.resampleAlong(from, at.places, at.weights, taps, at.resampled + row * rowBytes, width);
  }
  for (let y = 0; y < height; y++) {
    for (let tap = 0; tap < taps; tap++) {
      integers[(at.rows >> 2) + tap] = at.resampled + over.places[taps * y + tap] * rowBytes;
      floats[(at.rowWeights >> 2) + tap] = over.weights[taps * y + tap];
    }
    run.resampleOver(at.rows, at.rowWeights, taps, at.target + 3 * width * y + channel, width);
  }
}
