import { takeImage } from "@eosin/pictures/image-pool";
import type { RgbImage } from "@eosin/plugin-api/imaging";
import type { AugmentKernels } from "./kernels/augment-kernels.js";

/** An image of the pixels that kernels left in their memory. */
export function changedImage({ bytes }: AugmentKernels, from: number, width: number, height: number): RgbImage {
  const image = takeImage(width, height);
  image.data.set(bytes.subarray(from, from + 3 * width * height));
  return image;
}
