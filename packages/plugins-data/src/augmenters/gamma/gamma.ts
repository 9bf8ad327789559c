import type { Augmenter } from "@eosin/plugin-api/imaging";
import { changesNothing, drawChannels, drawFactor } from "../channels/draw-channels.js";
import { levelStatistics } from "../levels/level-statistics.js";
import { mapLevels } from "../levels/map-levels.js";
import type { GammaOptions } from "./options.js";

/** A channel that has one value only has no range to take a power of. */
const LEAST_RANGE = 1e-7;

/**
 * x ← ((x − min) / (max − min))^γ · (max − min) + min of each channel, as nnU-Net's GammaTransform; then moved and scaled
 * to the mean and the standard deviation that the channel had. Inverted, it is done to −x.
 */
export function createGamma(options: GammaOptions): Augmenter {
  const { p, gamma, invert } = options;
  return {
    apply(sample, given) {
      // Two of one list, plain and inverted as nnU-Net has them, are given one stream, and must not draw alike.
      const rng = invert ? given.fork("inverted") : given;
      if (!rng.chance(p)) return sample;
      const powers = drawChannels(rng, options, () => drawFactor(rng, gamma));
      if (changesNothing(powers)) return sample;
      const image = mapLevels(sample.image, powers, (power, channel, counts) =>
        gammaValues(power, channel, counts, options),
      );
      return { ...sample, image };
    },
  };
}

/**
 * What becomes of each of a channel's 256 levels, not rounded.
 * @param counts How often each of the 3 × 256 levels is there.
 */
export function gammaValues(
  power: number,
  channel: number,
  counts: Uint32Array,
  { invert, retain }: Pick<GammaOptions, "invert" | "retain">,
): Float64Array {
  const sign = invert ? -1 : 1;
  const values = new Float64Array(256);
  for (let level = 0; level < 256; level++) values[level] = sign * level;
  const before = levelStatistics(counts, channel, values);
  const span = before.most - before.least;
  for (let level = 0; level < 256; level++) {
    const share = (values[level] - before.least) / Math.max(span, LEAST_RANGE);
    // Levels that the channel does not have may be outside of its range.
    values[level] = Math.max(0, Math.min(1, share)) ** power * span + before.least;
  }
  const after = retain ? levelStatistics(counts, channel, values) : undefined;
  const scale = after ? before.deviation / Math.max(after.deviation, LEAST_RANGE) : 1;
  const move = after ? before.mean - after.mean * scale : 0;
  for (let level = 0; level < 256; level++) values[level] = sign * (values[level] * scale + move);
  return values;
}
