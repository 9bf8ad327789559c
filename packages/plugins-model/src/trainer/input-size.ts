import { EosinError } from "@eosin/plugin-api";
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

/** @throws EosinError `SIZE_NOT_MULTIPLE` where the network's strides do not divide the size. */
export function checkInputSize(size: ImageSize, stride: number): void {
  if (size.width % stride === 0 && size.height % stride === 0) return;
  const near = (value: number) => Math.max(stride, Math.round(value / stride) * stride);
  throw new EosinError({
    code: "SIZE_NOT_MULTIPLE",
    message: "The network cannot take patches of this size.",
    place: "option size",
    expected: `width and height that are multiples of ${stride}`,
    found: `${size.width} × ${size.height}`,
    next: `Use ${near(size.width)} × ${near(size.height)}.`,
  });
}

export const interpolation = z
  .enum(["bilinear", "area", "lanczos3", "nearest"])
  .default("bilinear")
  .describe("How images are resized to the input size; masks always nearest.");
