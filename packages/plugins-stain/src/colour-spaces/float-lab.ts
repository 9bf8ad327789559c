import { takeImage } from "@eosin/pictures/image-pool";
import type { RgbImage } from "@eosin/plugin-api/imaging";
import { writeByteTable } from "../pixel-kernels/byte-tables.js";
import type { StainKernels } from "../pixel-kernels/kernel-memory.js";
import { clearSums, setParameters, stainKernels, sums } from "../pixel-kernels/stain-kernels.js";
import { forEachStrip, takeTarget } from "../pixel-kernels/strips.js";
import { type ChannelStatistics, statisticsOfSums } from "../statistics/channel-statistics.js";
import type { ChannelTransfer } from "../statistics/channel-transfer.js";
import { inverse, type Matrix3 } from "./matrix3.js";

/**
 * CIE L*a*b* (D65) in real numbers, as torchstain and scikit-image compute it: L 0…100, a and b about 0. In single
 * precision, roots and powers within a relative 1e-6.
 */

const WHITE = [0.95047, 1, 1.08883] as const;
const RGB_TO_XYZ: Matrix3 = [0.412453, 0.35758, 0.180423, 0.212671, 0.71516, 0.072169, 0.019334, 0.119193, 0.950227];
const XYZ_TO_RGB = inverse(RGB_TO_XYZ);
const LINEAR = Float64Array.from({ length: 256 }, (_, v) =>
  v / 255 > 0.04045 ? ((v / 255 + 0.055) / 1.055) ** 2.4 : v / 255 / 12.92,
);

/** @returns Mean and population deviation of L, a and b. */
export function measureFloatLab(rgb: Uint8Array): ChannelStatistics {
  const kernels = prepare();
  clearSums(kernels);
  forEachStrip(kernels, rgb, (pixels) => kernels.run.realLabSums(pixels));
  const [l, a, b, ll, aa, bb] = sums(kernels, 6);
  return statisticsOfSums(rgb.length / 3, [l, a, b], [ll, aa, bb]);
}

/** @returns A new picture with the channels scaled and shifted, toward zero. */
export function moveFloatLab(image: RgbImage, { scale, offset }: ChannelTransfer): RgbImage {
  const kernels = prepare();
  // In roots: L = 116 y − 16, a = 500 (x − y), b = 200 (y − z).
  const lightness = [scale[0], (offset[0] + 16 - 16 * scale[0]) / 116];
  const colours = [scale[1], offset[1] / 500, scale[2], offset[2] / 200];
  setParameters(kernels, [...lightness, ...colours, ...XYZ_TO_RGB.map((weight, k) => weight * WHITE[k % 3])]);
  const made = takeImage(image.width, image.height);
  forEachStrip(kernels, image.data, (pixels, first) => {
    kernels.run.realLabMove(pixels);
    takeTarget(kernels, made.data, pixels, first);
  });
  return made;
}

function prepare(): StainKernels {
  const kernels = stainKernels();
  const over = (coordinate: 0 | 1 | 2, channel: number) => RGB_TO_XYZ[3 * coordinate + channel] / WHITE[coordinate];
  writeByteTable(kernels, 4, (channel, byte) => {
    const light = LINEAR[byte];
    return [light * over(0, channel), light * over(1, channel), light * over(2, channel), 0];
  });
  return kernels;
}
