import { z } from "@eosin/plugin-api/zod";

const pixels = z.int().min(8).max(65_536);

/** The input size of a network in pixels: one number for a square. */
export const inputSize = z.union([pixels, z.strictObject({ width: pixels, height: pixels })]);

export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

export function resolveInputSize(size: z.output<typeof inputSize>): ImageSize {
  return typeof size === "number" ? { width: size, height: size } : size;
}

export const interpolation = z
  .enum(["bilinear", "area", "lanczos3", "nearest"])
  .default("bilinear")
  .describe("How images are resized to the input size; masks always nearest.");
