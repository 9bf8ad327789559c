import type { ImageSize } from "../inputs/input-size.js";

/** As nnU-Net: the standard deviation is an eighth of the window's side. */
const DEVIATION = 1 / 8;

/**
 * How much what a network says of each pixel of a window counts, row-major, largest 1: a Gaussian, as what is near a
 * window's border is seen with little around it. Nowhere so small that the sum over a pixel's windows could vanish.
 */
export function windowWeights({ width, height }: ImageSize): Float32Array {
  const columns = gaussian(width);
  const rows = gaussian(height);
  const weights = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) weights[y * width + x] = Math.max(LEAST, rows[y] * columns[x]);
  }
  return weights;
}

const LEAST = 1e-6;

function gaussian(length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => {
    const distance = (i - (length - 1) / 2) / (DEVIATION * length);
    return Math.exp(-(distance ** 2) / 2);
  });
}
