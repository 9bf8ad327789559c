import { clearSums, stainKernels, sums } from "../pixel-kernels/stain-kernels.js";
import { forEachStrip, takeTarget } from "../pixel-kernels/strips.js";
import { type ChannelStatistics, statisticsOfSums } from "../statistics/channel-statistics.js";
import { type ByteMap, identityMap } from "./byte-map.js";

/** HSV in 8 bits, as OpenCV's `COLOR_RGB2HSV` and `COLOR_HSV2RGB` compute it: hue 0…179 (2° a step), S and V 0…255. */

/** Hues of a full turn. */
export const HUES = 180;

/** White, which fills a strip's last group of four pixels, as H, S, V. */
const WHITE_VALUE = 255;

/**
 * @param rgb Interleaved bytes.
 * @param hsv Receives as many; may be `rgb`.
 * @returns Statistics of the bytes of `hsv`, exact whatever the order of the pixels.
 */
export function rgbToHsv(rgb: Uint8Array, hsv: Uint8Array): ChannelStatistics {
  const kernels = stainKernels();
  clearSums(kernels);
  let white = 0;
  forEachStrip(kernels, rgb, (pixels, first) => {
    kernels.run.hsvForward(pixels);
    takeTarget(kernels, hsv, pixels, first);
    white += -pixels & 3;
  });
  const [h, s, v, hh, ss, vv] = sums(kernels, 6);
  return statisticsOfSums(
    rgb.length / 3,
    [h, s, v - white * WHITE_VALUE],
    [hh, ss, vv - white * WHITE_VALUE * WHITE_VALUE],
  );
}

const { fround } = Math;
const SEXTANT = fround(6 / HUES);
const UNIT = fround(1 / 255);

/**
 * In single precision, truncated: what OpenCV's vector code does. The last pixels of a row whose width is not a multiple of
 * its vectors OpenCV rounds instead; there, this differs by at most 1.
 * @param hsv Interleaved bytes.
 * @param rgb Receives as many; may be `hsv`.
 * @param maps Applied to H, S and V on the way; what comes of a hue is below 180.
 */
export function hsvToRgb(
  hsv: Uint8Array,
  rgb: Uint8Array,
  maps: readonly [ByteMap, ByteMap, ByteMap] = [identityMap, identityMap, identityMap],
): void {
  const kernels = stainKernels();
  const { floats, at, run } = kernels;
  const start = at.TABLE >> 2;
  for (let v = 0; v < 256; v++) {
    floats[start + v] = maps[0][v] * SEXTANT;
    floats[start + 256 + v] = maps[1][v] * UNIT;
    floats[start + 512 + v] = maps[2][v] * UNIT;
  }
  forEachStrip(kernels, hsv, (pixels, first) => {
    run.hsvInverse(pixels);
    takeTarget(kernels, rgb, pixels, first);
  });
}
