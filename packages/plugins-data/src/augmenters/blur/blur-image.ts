import type { RgbImage } from "@eosin/plugin-api/imaging";
import { reflectedPosition } from "@eosin/support/windows";
import { changedImage } from "../changed-image.js";
import type { ForChannels } from "../channels/draw-channels.js";
import { reserve } from "../kernels/augment-kernels.js";
import { gaussianRadius, gaussianWeights } from "./gaussian-weights.js";

/** Standard deviations along rows (x) and columns (y), in pixels. */
export interface Sigmas {
  readonly x: number;
  readonly y: number;
}

/** A weight of each channel, repeated eight times: what the kernels work on at once. */
const WEIGHT_VALUES = 24;

/** Blurs each channel by its own Gaussian; within 0.6 of a level of the exact filter up to a sigma of 5, and 0.75 up to 32. Channels without one stay. */
export function blurImage({ width, height, data }: RgbImage, sigmas: ForChannels<Sigmas>): RgbImage {
  const rowBytes = 3 * width;
  const tapsX = tapsOf(sigmas, "x");
  const tapsY = tapsOf(sigmas, "y");
  const { kernels, at } = reserve({
    source: height * rowBytes,
    target: height * rowBytes,
    weightsX: 2 * WEIGHT_VALUES * (tapsX + 1),
    weightsY: 2 * WEIGHT_VALUES * (tapsY + 1),
    rows: 4 * (2 * tapsY + 1),
    row: 2 * (rowBytes + 6 * tapsX + WEIGHT_VALUES),
  });
  const { run, bytes, shorts, integers } = kernels;
  bytes.set(data, at.source);
  writeWeights(shorts, at.weightsX, sigmas, "x", tapsX);
  writeWeights(shorts, at.weightsY, sigmas, "y", tapsY);
  const rows = at.rows >> 2;
  const middle = at.row + 6 * tapsX;
  for (let y = 0; y < height; y++) {
    integers[rows] = at.source + y * rowBytes;
    for (let tap = 1; tap <= tapsY; tap++) {
      integers[rows + 2 * tap - 1] = at.source + reflectedPosition(y - tap, height) * rowBytes;
      integers[rows + 2 * tap] = at.source + reflectedPosition(y + tap, height) * rowBytes;
    }
    run.blurRows(at.rows, tapsY, at.weightsY, middle, rowBytes);
    reflectEnds(shorts, middle >> 1, width, tapsX);
    run.blurAlong(middle, tapsX, at.weightsX, at.target + y * rowBytes, rowBytes);
  }
  return changedImage(kernels, at.target, width, height);
}

function tapsOf(sigmas: ForChannels<Sigmas>, axis: "x" | "y"): number {
  return Math.max(...sigmas.map((each) => (each ? gaussianRadius(each[axis]) : 0)));
}

function writeWeights(
  shorts: Int16Array,
  at: number,
  sigmas: ForChannels<Sigmas>,
  axis: "x" | "y",
  taps: number,
): void {
  for (let channel = 0; channel < 3; channel++) {
    const weights = gaussianWeights(sigmas[channel]?.[axis], taps);
    for (let tap = 0; tap <= taps; tap++) {
      const to = (at >> 1) + WEIGHT_VALUES * tap;
      for (let i = channel; i < WEIGHT_VALUES; i += 3) shorts[to + i] = weights[tap];
    }
  }
}

/** Continues a row on both sides by `taps` pixels. */
function reflectEnds(shorts: Int16Array, first: number, width: number, taps: number): void {
  for (let tap = 0; tap < taps; tap++) {
    const left = first + 3 * reflectedPosition(-1 - tap, width);
    const right = first + 3 * reflectedPosition(width + tap, width);
    for (let channel = 0; channel < 3; channel++) {
      shorts[first - 3 * (tap + 1) + channel] = shorts[left + channel];
      shorts[first + 3 * (width + tap) + channel] = shorts[right + channel];
    }
  }
}
