import type { Mask, Postprocess } from "@eosin/plugin-api/imaging";
import type { MorphologyOptions } from "./options.js";

/**
 * Binary morphology with square kernels. Borders as OpenCV's default for morphology: pixels outside the image never
 * decide, neither a dilation nor an erosion.
 */
export class Morphology implements Postprocess {
  readonly #operations: MorphologyOptions["operations"];

  constructor(options: MorphologyOptions) {
    this.#operations = options.operations;
  }

  apply(mask: Mask): Mask {
    let current = mask;
    for (const operation of this.#operations) {
      if ("dilate" in operation) current = dilate(current, operation.dilate);
      else if ("erode" in operation) current = erode(current, operation.erode);
      else if ("close" in operation) current = erode(dilate(current, operation.close), operation.close);
      else current = dilate(erode(current, operation.open), operation.open);
    }
    return current;
  }
}

/** @param side Odd side of the square kernel in pixels. */
export function dilate(mask: Mask, side: number): Mask {
  return spread(mask, side >> 1, 1);
}

/** @param side Odd side of the square kernel in pixels. */
export function erode(mask: Mask, side: number): Mask {
  return spread(mask, side >> 1, 0);
}

/**
 * Gives `value` to every pixel with one of that value in its window: ones dilate, zeros erode. A square kernel is
 * separable: one pass along rows, one across them, each by a running count.
 */
function spread({ width, height, data }: Mask, radius: number, value: 0 | 1): Mask {
  const along = new Uint8Array(data.length);
  for (let start = 0; start < data.length; start += width) {
    let near = 0;
    for (let x = -radius; x < width; x++) {
      if (x + radius < width && data[start + x + radius] === value) near++;
      if (x > radius && data[start + x - radius - 1] === value) near--;
      if (x >= 0) along[start + x] = near > 0 ? 1 : 0;
    }
  }
  const out = new Uint8Array(data.length);
  const near = new Int32Array(width);
  for (let y = -radius; y < height; y++) {
    const enters = (y + radius) * width;
    const leaves = (y - radius - 1) * width;
    if (y + radius < height) for (let x = 0; x < width; x++) near[x] += along[enters + x];
    if (y > radius) for (let x = 0; x < width; x++) near[x] -= along[leaves + x];
    if (y >= 0) for (let x = 0; x < width; x++) out[y * width + x] = near[x] > 0 ? value : 1 - value;
  }
  return { width, height, data: out };
}
