import type { Mask, Postprocess } from "@eosin/plugin-api/imaging";
import { findRegions } from "../regions/regions.js";

/** How confidences become a mask. */
export interface Masking {
  readonly threshold: number;
  /** Lower than the threshold: a region above it is foreground where any of its pixels is above the threshold. */
  readonly hysteresis?: number;
  readonly postprocess?: readonly Postprocess[];
}

/** A map of confidences, row-major, 0…1. */
export interface ProbabilityMap {
  readonly width: number;
  readonly height: number;
  readonly probability: Float32Array;
}

/** @returns The mask, 0/1: pixels above the threshold, after post-processing. */
export function binarize(map: ProbabilityMap, { threshold, hysteresis, postprocess = [] }: Masking): Uint8Array {
  const { width, height, probability } = map;
  const above = pixelsAbove(probability, threshold);
  const data = hysteresis === undefined || hysteresis >= threshold ? above : grown(map, above, hysteresis);
  const raw: Mask = { width, height, data };
  return postprocess.reduce((mask, each) => each.apply(mask), raw).data;
}

/** Hysteresis (Canny 1986): regions above the lower threshold that hold a pixel above the upper one, corners connected. */
function grown({ width, probability }: ProbabilityMap, above: Uint8Array, lower: number): Uint8Array {
  const { labels, areas } = findRegions(pixelsAbove(probability, lower), width, 1, true);
  const isKept = new Uint8Array(areas.length);
  for (let i = 0; i < above.length; i++) if (above[i] === 1) isKept[labels[i]] = 1;
  return above.map((_, i) => isKept[labels[i]]);
}

function pixelsAbove(probability: Float32Array, threshold: number): Uint8Array {
  const data = new Uint8Array(probability.length);
  for (let i = 0; i < data.length; i++) data[i] = probability[i] > threshold ? 1 : 0;
  return data;
}
