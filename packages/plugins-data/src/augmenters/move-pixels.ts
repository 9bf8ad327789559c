import type { Sample } from "@eosin/plugin-api/imaging";
import { changedImage } from "./changed-image.js";
import { reserve } from "./kernels/augment-kernels.js";

/** Output pixel (x, y) takes the input pixel at position `start + x · stepX + y · stepY` (row-major). */
export interface PixelMove {
  readonly width: number;
  readonly height: number;
  readonly start: number;
  readonly stepX: number;
  readonly stepY: number;
}

/** Moves image, mask and densities of a sample together. Densities are scalars: nothing but their place changes. */
export function movePixels(sample: Sample, move: PixelMove): Sample {
  const { width, height } = move;
  const { image, mask, density } = sample;
  const pixels = width * height;
  const stains = density?.stains ?? 0;
  const { kernels, at } = reserve({
    colours: 3 * pixels,
    labels: mask ? pixels : 0,
    densities: 4 * stains * pixels,
    newColours: 3 * pixels,
    newLabels: mask ? pixels : 0,
    newDensities: 4 * stains * pixels,
  });
  const { run, bytes, floats } = kernels;
  bytes.set(image.data, at.colours);
  if (mask) bytes.set(mask.data, at.labels);
  if (density) floats.set(density.data, at.densities >> 2);
  for (let y = 0; y < height; y++) {
    const first = move.start + y * move.stepY;
    const to = y * width;
    run.moveColours(at.colours + 3 * first, 3 * move.stepX, at.newColours + 3 * to, width);
    if (mask) run.moveLabels(at.labels + first, move.stepX, at.newLabels + to, width);
    if (density) {
      const pixel = 4 * stains;
      run.moveDensities(at.densities + pixel * first, pixel * move.stepX, at.newDensities + pixel * to, width, stains);
    }
  }
  const values = at.newDensities >> 2;
  return {
    ...sample,
    image: changedImage(kernels, at.newColours, width, height),
    mask: mask && { width, height, data: bytes.slice(at.newLabels, at.newLabels + pixels) },
    density: density && { ...density, width, height, data: floats.slice(values, values + stains * pixels) },
  };
}
