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
  const pixels = width * height;
  const { image, mask, density } = sample;
  return {
    ...sample,
    image: { width, height, data: moved(image.data, move, 3, new Uint8Array(pixels * 3)) },
    mask: mask && { width, height, data: moved(mask.data, move, 1, new Uint8Array(pixels)) },
    density: density && {
      width,
      height,
      stains: density.stains,
      data: moved(density.data, move, density.stains, new Float32Array(pixels * density.stains)),
    },
  };
}

function moved<T extends Uint8Array | Float32Array>(data: T, move: PixelMove, channels: number, out: T): T {
  const step = move.stepX * channels;
  let at = 0;
  for (let y = 0; y < move.height; y++) {
    let from = (move.start + y * move.stepY) * channels;
    for (let x = 0; x < move.width; x++, from += step) {
      for (let c = 0; c < channels; c++) out[at++] = data[from + c];
    }
  }
  return out;
}
