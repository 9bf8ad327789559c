import type { Rng } from "@eosin/plugin-api";
import type { Augmenter, RgbImage } from "@eosin/plugin-api/imaging";
import { changedImage } from "../changed-image.js";
import { changesNothing, drawChannels, type ForChannels } from "../channels/draw-channels.js";
import { reserve } from "../kernels/augment-kernels.js";
import { drawState, STATE_BYTES } from "../kernels/random-state.js";
import { COUNTS_BYTES, countLevels } from "../levels/count-levels.js";
import { levelStatistics } from "../levels/level-statistics.js";
import type { NoiseOptions } from "./options.js";

/** Adds independent normal noise to every value, rounded to whole levels and cut at 0 and 255. */
export function createNoise(options: NoiseOptions): Augmenter {
  const { p, unit, variance } = options;
  const deviation = options.deviation ?? [0, 0.1];
  const draw = (rng: Rng) => (variance ? Math.sqrt(rng.between(...variance)) : rng.between(...deviation));
  return {
    apply(sample, rng) {
      if (!rng.chance(p)) return sample;
      const deviations = drawChannels(rng, options, draw);
      if (changesNothing(deviations)) return sample;
      return { ...sample, image: withNoise(sample.image, deviations, unit, rng) };
    },
  };
}

function withNoise(
  { width, height, data }: RgbImage,
  drawn: ForChannels<number>,
  unit: NoiseOptions["unit"],
  rng: Rng,
): RgbImage {
  const pixels = width * height;
  const { kernels, at } = reserve({
    image: 3 * pixels,
    counts: COUNTS_BYTES,
    state: STATE_BYTES,
    deviations: 48,
    words: 3072,
  });
  const { run, bytes, floats } = kernels;
  bytes.set(data, at.image);
  const counts = unit === "deviation" ? countLevels(kernels, at.image, pixels, at.counts) : undefined;
  for (let channel = 0; channel < 3; channel++) {
    const one = counts ? levelStatistics(counts, channel).deviation : 255;
    const levels = (drawn[channel] ?? 0) * one;
    for (let i = channel; i < 12; i += 3) floats[(at.deviations >> 2) + i] = levels;
  }
  drawState(kernels, at.state, rng);
  run.addNoise(at.state, at.image, pixels, at.deviations, at.words);
  return changedImage(kernels, at.image, width, height);
}
