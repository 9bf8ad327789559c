import type { Scale } from "@eosin/plugin-api/imaging";
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

const factor = z.number().gt(0).max(16).describe("Of the sides of the image on file.");

/** What images are brought to: a side that all are stretched to, or a factor of their own sides. */
export const imageScale = z.union([
  pixels,
  z.strictObject({ width: pixels, height: pixels }),
  z.strictObject({ factor }),
]);

export function resolveScale(scale: z.output<typeof imageScale> | undefined): Scale | undefined {
  return typeof scale === "number" ? { width: scale, height: scale } : scale;
}

/** The size of an image at a scale. */
export function sizeAtScale({ width, height }: ImageSize, scale: Scale): ImageSize {
  if (!("factor" in scale)) return scale;
  return { width: width * scale.factor, height: height * scale.factor };
}

export const interpolation = z
  .enum(["bilinear", "area", "lanczos3", "nearest"])
  .default("bilinear")
  .describe("How images are resized to the input size; masks always nearest.");
