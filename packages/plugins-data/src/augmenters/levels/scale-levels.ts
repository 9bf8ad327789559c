import type { RgbImage } from "@eosin/plugin-api/imaging";
import { changedImage } from "../changed-image.js";
import type { ForChannels } from "../channels/draw-channels.js";
import { type AugmentKernels, reserve } from "../kernels/augment-kernels.js";
import { COUNTS_BYTES, countLevels } from "./count-levels.js";
import { type LevelStatistics, levelStatistics } from "./level-statistics.js";

/** A level becomes scale · level + move, at least `least` and at most `most`, which are levels. */
export interface LevelScale {
  readonly scale: number;
  readonly move: number;
  readonly least: number;
  readonly most: number;
}

/** The kernel's terms: two lists of 12 numbers, two of 48 bytes. */
const TERMS_BYTES = 192;

const unchanged: LevelScale = { scale: 1, move: 0, least: 0, most: 255 };

/**
 * An image of which each channel is scaled and moved, to the nearest level.
 * @param scaleOf Makes a channel's scale of its amount; `statistics` costs nothing where nobody asks for them.
 */
export function scaleLevels<Amount>(
  { width, height, data }: RgbImage,
  amounts: ForChannels<Amount>,
  scaleOf: (amount: Amount, statistics: () => LevelStatistics) => LevelScale,
): RgbImage {
  const pixels = width * height;
  const { kernels, at } = reserve({ image: 3 * pixels, counts: COUNTS_BYTES, terms: TERMS_BYTES });
  kernels.bytes.set(data, at.image);
  let counts: Uint32Array | undefined;
  for (let channel = 0; channel < 3; channel++) {
    const amount = amounts[channel];
    const statistics = () => {
      counts ??= countLevels(kernels, at.image, pixels, at.counts);
      return levelStatistics(counts, channel);
    };
    writeTerms(kernels, at.terms, channel, amount === undefined ? unchanged : scaleOf(amount, statistics));
  }
  kernels.run.scaleLevels(at.image, pixels, at.terms);
  return changedImage(kernels, at.image, width, height);
}

function writeTerms({ bytes, floats }: AugmentKernels, at: number, channel: number, terms: LevelScale): void {
  for (let i = channel; i < 12; i += 3) {
    floats[(at >> 2) + i] = terms.scale;
    floats[(at >> 2) + 12 + i] = terms.move;
  }
  for (let i = channel; i < 48; i += 3) {
    bytes[at + 96 + i] = terms.least;
    bytes[at + 144 + i] = terms.most;
  }
}
