import type { Augmenter } from "@eosin/plugin-api/imaging";
import { changesNothing, drawChannels, drawFactor } from "../channels/draw-channels.js";
import { levelStatistics } from "../levels/level-statistics.js";
import { type LevelMap, mapLevels } from "../levels/map-levels.js";
import type { GammaOptions } from "./options.js";

/** A channel that has one value only has no range to take a power of. */
const LEAST_RANGE = 1e-7;

/**
 * x ← ((x − min) / (max − min))^γ · (max − min) + min of each channel, as nnU-Net's GammaTransform; then moved and scaled
 * to the mean and the standard deviation that the channel had. Inverted, it is done to −x.
 */
export function createGamma(options: GammaOptions): Augmenter {
  const { p, gamma } = options;
  return {
    apply(sample, rng) {
      if (!rng.chance(p)) return sample;
      const powers = drawChannels(rng, options, () => drawFactor(rng, gamma));
      if (changesNothing(powers)) return sample;
      const image = mapLevels(sample.image, powers, (power, channel, counts) =>
        gammaMap(power, channel, counts, options),
      );
      return { ...sample, image };
    },
  };
}

/** @param counts How often each of the 3 × 256 levels is there. */
export function gammaMap(
  power: number,
  channel: number,
  counts: Uint32Array,
  { invert, retain }: Pick<GammaOptions, "invert" | "retain">,
): LevelMap {
  const sign = invert ? -1 : 1;
  const before = levelStatistics(counts, channel, (level) => sign * level);
  const span = before.most - before.least;
  const powered = (level: number) => {
    const share = (sign * level - before.least) / Math.max(span, LEAST_RANGE);
    // Levels that the channel does not have may be outside of its range.
    return Math.max(0, Math.min(1, share)) ** power * span + before.least;
  };
  if (!retain) return (level) => sign * powered(level);
  const after = levelStatistics(counts, channel, powered);
  const scale = before.deviation / Math.max(after.deviation, LEAST_RANGE);
  return (level) => sign * ((powered(level) - after.mean) * scale + before.mean);
}
