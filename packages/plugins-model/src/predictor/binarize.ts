import type { Mask, Postprocess } from "@eosin/plugin-api/imaging";
import { findRegions } from "../regions/regions.js";
import { type ProbabilityMap, presenceOf } from "./presence.js";

/** How confidences become a mask. */
export interface Masking {
  readonly threshold: number;
  /** Lower than the threshold: a region above it is foreground where any of its pixels is above the threshold. */
  readonly hysteresis?: number;
  /** A map whose presence is at most this has no foreground. */
  readonly presence?: number;
  readonly postprocess?: readonly Postprocess[];
}

/** @returns The mask, 0/1: pixels above the threshold, after post-processing; empty where there seems to be none. */
export function binarize(map: ProbabilityMap, masking: Masking): Uint8Array {
  const { threshold, hysteresis, postprocess = [] } = masking;
  const { width, height, probability } = map;
  if (masking.presence !== undefined && presenceOf(map) <= masking.presence) return new Uint8Array(probability.length);
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
