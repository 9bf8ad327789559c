import sharp from "sharp";
import { binarize, type Masking } from "../predictor/binarize.js";
import type { ProbabilityMap } from "../predictor/presence.js";
import { resizeMap } from "../predictor/resize-map.js";
import { coverageOf } from "../regions/coverage.js";

interface Size {
  readonly width: number;
  readonly height: number;
}

export interface DrawnPrediction {
  /** PNG of the image's size: 0 background, 255 foreground. */
  readonly mask: Uint8Array;
  /** PNG of the image's size: 0…255 for probability 0…1. */
  readonly probability: Uint8Array;
  /** Share of the image that the mask covers, 0…1. */
  readonly coverage: number;
}

/** Brings confidences (0…1) to the image's size, thresholds and post-processes them there. */
export async function drawPrediction(
  { presence, ...seen }: ProbabilityMap,
  { width, height }: Size,
  masking: Masking,
): Promise<DrawnPrediction> {
  const size = { width, height };
  const probability = resizeMap(seen.probability, seen, size);
  const mask = binarize({ ...size, probability, presence }, masking);
  return {
    mask: await greyPng(mask, size),
    probability: await greyPng(probability, size),
    coverage: coverageOf(mask),
  };
}

/** @param map 0…1 */
async function greyPng(map: ArrayLike<number>, size: Size): Promise<Uint8Array> {
  const levels = new Uint8Array(map.length);
  for (let i = 0; i < levels.length; i++) levels[i] = Math.round(255 * map[i]);
  return sharp(levels, { raw: { ...size, channels: 1 } })
    .toColourspace("b-w")
    .png()
    .toBuffer();
}
