import { HUES } from "../../colour-spaces/hsv.js";
import type { StainKernels } from "../../pixel-kernels/kernel-memory.js";
import { setParameter } from "../../pixel-kernels/stain-kernels.js";

/** Changes `SOURCE` in place, each pixel by itself. */
export type PointChange = (kernels: StainKernels, pixels: number) => void;

/** A change that wants to know the whole picture's mean luma, 0…255, to the nearest whole number. */
export interface ChangeAboutMean {
  about(mean: number): PointChange;
}

export type Change = PointChange | ChangeAboutMean;

export function brightness(factor: number): PointChange {
  return byLevel((v) => v * factor);
}

export function contrast(factor: number): ChangeAboutMean {
  return { about: (mean) => byLevel((v) => mean + (v - mean) * factor) };
}

/** @param factor Of each channel's distance from the pixel's luma. */
export function saturation(factor: number): PointChange {
  return (kernels, pixels) => {
    setParameter(kernels, 0, factor);
    kernels.run.saturate(pixels);
  };
}

/** @param turns 1 is a full circle; taken to whole steps of 8-bit hue. */
export function hue(turns: number): PointChange {
  const steps = Math.round(turns * HUES) % HUES;
  if (steps === 0) return () => {};
  return (kernels, pixels) => {
    setParameter(kernels, 0, steps < 0 ? steps + HUES : steps);
    kernels.run.turnHue(pixels);
  };
}

function byLevel(level: (v: number) => number): PointChange {
  const map = Uint8Array.from({ length: 256 }, (_, v) => Math.round(Math.max(0, Math.min(255, level(v)))));
  return ({ bytes, at, run }, pixels) => {
    bytes.set(map, at.TABLE);
    run.mapSource(3 * pixels);
  };
}
