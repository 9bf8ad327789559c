import type { Sample } from "@eosin/plugin-api/imaging";

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
  return {
    ...sample,
    image: { width, height, data: movedRgb(image.data, move) },
    mask: mask && { width, height, data: movedMask(mask.data, move) },
    density: density && { ...density, width, height, data: movedDensities(density.data, density.stains, move) },
  };
}

/** Loops of their own for three channels and for one: what every sample passes through in every epoch. */
function movedRgb(data: Uint8Array, { width, height, start, stepX, stepY }: PixelMove): Uint8Array {
  const out = new Uint8Array(3 * width * height);
  const step = 3 * stepX;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0, from = 3 * (start + y * stepY); x < width; x++, from += step, at += 3) {
      out[at] = data[from];
      out[at + 1] = data[from + 1];
      out[at + 2] = data[from + 2];
    }
  }
  return out;
}

function movedMask(data: Uint8Array, { width, height, start, stepX, stepY }: PixelMove): Uint8Array {
  const out = new Uint8Array(width * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0, from = start + y * stepY; x < width; x++, from += stepX) out[at++] = data[from];
  }
  return out;
}

function movedDensities(data: Float32Array, stains: number, move: PixelMove): Float32Array {
  const { width, height, start, stepX, stepY } = move;
  const out = new Float32Array(stains * width * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0, from = stains * (start + y * stepY); x < width; x++, from += stains * stepX) {
      for (let s = 0; s < stains; s++) out[at++] = data[from + s];
    }
  }
  return out;
}
