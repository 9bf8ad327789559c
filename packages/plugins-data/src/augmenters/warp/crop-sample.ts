import { takeImage } from "@eosin/pictures/image-pool";
import type { CropWindow, Sample } from "@eosin/plugin-api/imaging";
import { cropInto } from "@eosin/support/windows";

/** The part of a sample within a window, reflected where that reaches past it; the sample itself where it is all of it. */
export function cropSample(sample: Sample, window: CropWindow): Sample {
  const { image, mask, density } = sample;
  const { x, y, width, height } = window;
  if (x === 0 && y === 0 && width === image.width && height === image.height) return sample;
  const cropped = takeImage(width, height);
  cropInto(image, 3, window, cropped.data);
  const labels = mask && { width, height, data: new Uint8Array(width * height) };
  if (mask && labels) cropInto(mask, 1, window, labels.data);
  const densities = density && { ...density, width, height, data: new Float32Array(density.stains * width * height) };
  if (density && densities) cropInto(density, density.stains, window, densities.data);
  return { ...sample, image: cropped, mask: labels, density: densities };
}
