import type { ByteMap } from "../colour-spaces/byte-map.js";
import type { StainKernels } from "../pixel-kernels/kernel-memory.js";
import { setParameter, stainKernels } from "../pixel-kernels/stain-kernels.js";
import { forEachStrip, takeTarget } from "../pixel-kernels/strips.js";
import { levelAt, percentileOfHistogram, rankOf } from "../statistics/percentile.js";

/** What SPCN takes for white. */
const WHITE_PERCENTILE = 90;

/** @returns The 90th percentile over all values of all channels: what SPCN takes for white. 0…255. */
export function brightnessOf(interleaved: Uint8Array): number {
  const rank = rankOf(WHITE_PERCENTILE, interleaved.length);
  const [low, next] = levelsAt(interleaved, rank.below) ?? levelsOfHistogram(interleaved, rank.below);
  return low + (next - low) * rank.rest;
}

/** A sample's distance, in bytes: no multiple of 3, so that it takes all channels. */
const SAMPLE_STEP = 127;

/**
 * The levels at a rank and at the next, by counting what lies below a few levels about a sample's; `undefined` where
 * the sample misled.
 */
function levelsAt(interleaved: Uint8Array, below: number): [number, number] | undefined {
  const kernels = stainKernels();
  const { integers, at, run } = kernels;
  const first = Math.max(0, Math.min(256 - at.LEVELS, sampledLevel(interleaved) - (at.LEVELS >> 1)));
  clearCounts(kernels);
  integers[at.PARAMETERS >> 2] = first;
  forEachStrip(kernels, interleaved, (pixels) => run.countBelow(3 * pixels));
  const counts = integers.slice(at.COUNTS >> 2, (at.COUNTS >> 2) + at.LEVELS);
  const last = Math.min(below + 1, interleaved.length - 1);
  if (below < counts[0] || last >= counts[at.LEVELS - 1]) return undefined;
  const levelOf = (rank: number) => first - 1 + counts.findIndex((count) => count > rank);
  return [levelOf(below), levelOf(last)];
}

function sampledLevel(interleaved: Uint8Array): number {
  const counts = new Uint32Array(256);
  for (let i = 0; i < interleaved.length; i += SAMPLE_STEP) counts[interleaved[i]]++;
  return Math.round(percentileOfHistogram(counts, WHITE_PERCENTILE));
}

function levelsOfHistogram(interleaved: Uint8Array, below: number): [number, number] {
  const kernels = stainKernels();
  const { integers, at, run } = kernels;
  clearCounts(kernels);
  forEachStrip(kernels, interleaved, (pixels) => run.countSource(3 * pixels));
  const counts = new Uint32Array(256);
  for (let i = 0; i < 1024; i++) counts[i & 255] += integers[(at.COUNTS >> 2) + i];
  return [levelAt(counts, below), levelAt(counts, Math.min(below + 1, interleaved.length - 1))];
}

function clearCounts({ integers, at }: StainKernels): void {
  integers.fill(0, at.COUNTS >> 2, (at.COUNTS >> 2) + 1024);
}

/** Stretches so that `brightness` becomes 255; brighter values clip; toward zero, as a cast to 8 bits. */
export function brightnessMap(brightness: number): ByteMap {
  return Uint8Array.from({ length: 256 }, (_, v) => Math.min(255, Math.trunc((255 * v) / brightness)));
}

export function mapBytes(from: Uint8Array, map: ByteMap, to: Uint8Array): void {
  for (let i = 0; i < from.length; i++) to[i] = map[from[i]];
}

/** Applies {@link brightnessMap} to every byte, in place. */
export function stretchBrightness(interleaved: Uint8Array, brightness: number): void {
  const map = brightnessMap(brightness);
  const factor = singleFactor(map, brightness);
  if (factor === undefined) {
    mapBytes(interleaved, map, interleaved);
    return;
  }
  const kernels = stainKernels();
  setParameter(kernels, 0, factor);
  forEachStrip(kernels, interleaved, (pixels, first) => {
    kernels.run.scaleBytes(3 * pixels);
    takeTarget(kernels, interleaved, pixels, first);
  });
}

/**
 * A single-precision factor that does what the map does, after truncation: a little more than 255/brightness, so that
 * whole numbers are reached. `undefined` where none is found.
 */
export function singleFactor(map: ByteMap, brightness: number): number | undefined {
  const factor = Math.fround((255 / brightness) * (1 + 2 ** -21));
  const agrees = map.every((level, v) => level === Math.min(255, Math.trunc(Math.fround(v * factor))));
  return agrees ? factor : undefined;
}
