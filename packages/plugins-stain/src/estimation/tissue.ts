import { type ByteMap, identityMap } from "../colour-spaces/byte-map.js";
import { writeByteTable } from "../pixel-kernels/byte-tables.js";
import { LIGHTNESS, XYZ, XYZ_SHIFT } from "../pixel-kernels/lab-tables.js";
import { clearSums, setParameter, stainKernels, sums } from "../pixel-kernels/stain-kernels.js";
import { forEachStrip } from "../pixel-kernels/strips.js";

/** Tissue is darker than this share of white, measured as 8-bit L/255 (OpenCV's LAB). */
export const TISSUE_LIGHTNESS = 0.8;

/** A patch with a smaller share of tissue pixels has too little to measure stains or colours from. */
export const LEAST_TISSUE = 0.05;

/** A pixel is tissue where the sum of its bytes' contributions is below the threshold. All are whole numbers below 2²⁴. */
export interface TissueRule {
  /** @param channel 0 red, 1 green, 2 blue */
  contribution(channel: number, byte: number): number;
  readonly threshold: number;
}

/**
 * Darker than a share of white. L grows with the luminance, which is a sum over the channels: no L is computed.
 * @param map What happens to bytes before.
 */
export function darkTissue(map: ByteMap, share = TISSUE_LIGHTNESS): TissueRule {
  const lightest = LIGHTNESS.findIndex((level) => level >= share * 255);
  return {
    contribution: (channel, byte) => XYZ[1][256 * channel + map[byte]],
    threshold: lightest << XYZ_SHIFT,
  };
}

export function isTissue({ contribution, threshold }: TissueRule, red: number, green: number, blue: number): boolean {
  return contribution(0, red) + contribution(1, green) + contribution(2, blue) < threshold;
}

/** Darker than `TISSUE_LIGHTNESS`, in the picture as it stands. */
export const ordinaryTissue = darkTissue(identityMap);

/** Dense in all three channels: no byte with an optical density below `least`. */
export function stainedTissue(opticalDensity: Float64Array, least: number): TissueRule {
  return { contribution: (_, byte) => (opticalDensity[byte] < least ? 1 : 0), threshold: 1 };
}

/** The kernels' parameter that is the threshold. */
export const TISSUE_PARAMETER = 12;

/** @returns The share of pixels that are tissue, 0…1. White must not be. */
export function tissueShare(rgb: Uint8Array, tissue: TissueRule): number {
  const kernels = stainKernels();
  writeByteTable(kernels, 2, (channel, byte) => [tissue.contribution(channel, byte), 0]);
  setParameter(kernels, TISSUE_PARAMETER, tissue.threshold);
  clearSums(kernels);
  forEachStrip(kernels, rgb, (pixels) => kernels.run.countTissue(pixels));
  return sums(kernels, 1)[0] / (rgb.length / 3);
}
