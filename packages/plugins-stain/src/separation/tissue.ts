import { lightness } from "../colour/lab.js";

/** Tissue is darker than this share of white, measured as 8-bit L/255 (OpenCV's LAB). */
export const TISSUE_LIGHTNESS = 0.8;

/** A patch with a smaller share of tissue pixels has too little to measure stains or colours from. */
export const LEAST_TISSUE = 0.05;

/**
 * @param rgb Interleaved bytes.
 * @returns A byte a pixel: 1 tissue, 0 background.
 */
export function tissueMask(rgb: Uint8Array, threshold = TISSUE_LIGHTNESS): Uint8Array {
  const mask = new Uint8Array(rgb.length / 3);
  const below = threshold * 255;
  for (let i = 0, at = 0; i < mask.length; i++, at += 3) {
    if (lightness(rgb[at], rgb[at + 1], rgb[at + 2]) < below) mask[i] = 1;
  }
  return mask;
}

/** @returns 0…1 */
export function shareOf(mask: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < mask.length; i++) count += mask[i];
  return count / mask.length;
}
