import { takeImage } from "@eosin/pictures/image-pool";
import type { CropWindow, Sample } from "@eosin/plugin-api/imaging";

/** The part of a sample within a window, which must be inside of it. */
export function cropSample(sample: Sample, window: CropWindow): Sample {
  const { image, mask, density } = sample;
  const { width, height } = window;
  if (width === image.width && height === image.height) return sample;
  const cropped = takeImage(width, height);
  copyRows(cropped.data, image.data, image.width, window, 3);
  const labels = mask && new Uint8Array(width * height);
  if (mask && labels) copyRows(labels, mask.data, image.width, window, 1);
  const densities = density && new Float32Array(density.stains * width * height);
  if (density && densities) copyRows(densities, density.data, image.width, window, density.stains);
  return {
    ...sample,
    image: cropped,
    mask: labels && { width, height, data: labels },
    density: density && densities && { ...density, width, height, data: densities },
  };
}

function copyRows<Values extends Uint8Array | Float32Array>(
  to: Values,
  from: Values,
  fromWidth: number,
  { x, y, width, height }: CropWindow,
  channels: number,
): void {
  for (let row = 0; row < height; row++) {
    const first = channels * ((y + row) * fromWidth + x);
    to.set(from.subarray(first, first + channels * width), channels * width * row);
  }
}
