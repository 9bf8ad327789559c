import { takeImage } from "@eosin/pictures/image-pool";
import type { RgbImage } from "@eosin/plugin-api/imaging";
import { writeByteTable } from "../pixel-kernels/byte-tables.js";
import type { StainKernels } from "../pixel-kernels/kernel-memory.js";
import { clearSums, setParameter, setParameters, stainKernels, sums } from "../pixel-kernels/stain-kernels.js";
import { forEachStrip, takeTarget } from "../pixel-kernels/strips.js";
import type { ChannelStatistics, Triple } from "../statistics/channel-statistics.js";
import { statisticsOfSums } from "../statistics/channel-statistics.js";
import type { ChannelTransfer } from "../statistics/channel-transfer.js";
import { inverse, type Matrix3 } from "./matrix3.js";

/**
 * Haematoxylin, eosin and DAB by colour deconvolution (Ruifrok & Johnston, 2001), in scikit-image's units:
 * s = max(0, (ln max(rgb, 1e-6) / ln 1e-6) · R⁻¹), rgb in 0…1, rows of R the stains' optical densities.
 */
export const HED_STAINS: Matrix3 = [0.65, 0.7, 0.29, 0.07, 0.99, 0.11, 0.27, 0.57, 0.78];
export const HED_UNMIX = inverse(HED_STAINS);
export const LOG_FLOOR = Math.log(1e-6);
/** ln max(v/255, 1e-6) / ln 1e-6 of each byte: 0 white, 1 black. */
export const RELATIVE_DENSITY = Float64Array.from(
  { length: 256 },
  (_, v) => Math.log(Math.max(v / 255, 1e-6)) / LOG_FLOOR,
);

/** @returns Mean and population deviation of each stain's densities. */
export function measureHed(rgb: Uint8Array): ChannelStatistics {
  const kernels = prepare();
  clearSums(kernels);
  forEachStrip(kernels, rgb, (pixels) => kernels.run.hedSums(pixels));
  const [h, e, d, hh, ee, dd] = sums(kernels, 6);
  return statisticsOfSums(rgb.length / 3, [h, e, d], [hh, ee, dd]);
}

/** Scales and shifts each stain and brings the light back: negative densities brighten. To the nearest byte. */
export function jitterHed(image: RgbImage, scale: Triple, shift: Triple): RgbImage {
  return recolour(prepare(), image, { scale, offset: shift }, 255, 0.5);
}

/** The same, and then the whole picture's least light becomes 0, its largest 255, toward zero; one value keeps itself. */
export function moveHed(image: RgbImage, transfer: ChannelTransfer): RgbImage {
  const kernels = prepare();
  setTransfer(kernels, transfer);
  const { doubles, at, run } = kernels;
  doubles.set([1, 0], at.SUMS >> 3);
  forEachStrip(kernels, image.data, (pixels) => run.hedExtremes(pixels), "copies");
  const [least, most] = sums(kernels, 2);
  const gain = most > least ? 255 / (most - least) : 255;
  return recolour(kernels, image, transfer, gain, most > least ? -gain * least : 0);
}

function prepare(): StainKernels {
  const kernels = stainKernels();
  writeByteTable(kernels, 4, (channel, byte) => {
    const density = RELATIVE_DENSITY[byte];
    return [
      density * HED_UNMIX[3 * channel],
      density * HED_UNMIX[3 * channel + 1],
      density * HED_UNMIX[3 * channel + 2],
      0,
    ];
  });
  return kernels;
}

function setTransfer(kernels: StainKernels, { scale, offset }: ChannelTransfer): void {
  setParameters(kernels, [...scale, ...offset, ...HED_STAINS.map((weight) => weight * LOG_FLOOR * Math.LOG2E)]);
}

function recolour(
  kernels: StainKernels,
  image: RgbImage,
  transfer: ChannelTransfer,
  gain: number,
  offset: number,
): RgbImage {
  setTransfer(kernels, transfer);
  setParameter(kernels, 15, gain);
  setParameter(kernels, 16, offset);
  const made = takeImage(image.width, image.height);
  forEachStrip(kernels, image.data, (pixels, first) => {
    kernels.run.hedRecolour(pixels);
    takeTarget(kernels, made.data, pixels, first);
  });
  return made;
}
