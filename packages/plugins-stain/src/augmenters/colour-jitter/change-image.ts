import { takeImage } from "@eosin/pictures/image-pool";
import type { RgbImage } from "@eosin/plugin-api/imaging";
import { clearSums, stainKernels, sums } from "../../pixel-kernels/stain-kernels.js";
import { forEachStrip, takeSource } from "../../pixel-kernels/strips.js";
import type { Change, PointChange } from "./change.js";

/** Of red, green and blue, in luma (ITU-R BT.601). */
const LUMA = [0.299, 0.587, 0.114] as const;

/**
 * @param changes In this order, each on the bytes that the one before gave.
 * @returns A new picture. It is gone through once, and once more for each change about the mean.
 */
export function changeImage(image: RgbImage, changes: readonly Change[]): RgbImage {
  const made = takeImage(image.width, image.height);
  let from = image.data;
  let pending: PointChange[] = [];
  for (const change of changes) {
    if (typeof change === "function") {
      pending.push(change);
      continue;
    }
    const mean = meanLuma(from, pending, made.data);
    if (pending.length > 0) from = made.data;
    pending = [change.about(mean)];
  }
  const kernels = stainKernels();
  forEachStrip(kernels, from, (pixels, first) => {
    for (const change of pending) change(kernels, pixels);
    takeSource(kernels, made.data, pixels, first);
  });
  return made;
}

/**
 * @param to Receives the changed bytes; not written where nothing changes. May be `from`.
 * @returns The mean after the changes, to the nearest whole number.
 */
function meanLuma(from: Uint8Array, changes: readonly PointChange[], to: Uint8Array): number {
  const kernels = stainKernels();
  clearSums(kernels);
  forEachStrip(kernels, from, (pixels, first) => {
    for (const change of changes) change(kernels, pixels);
    kernels.run.sumChannels(pixels);
    if (changes.length > 0) takeSource(kernels, to, pixels, first);
  });
  const [red, green, blue] = sums(kernels, 3);
  return Math.round((3 * (LUMA[0] * red + LUMA[1] * green + LUMA[2] * blue)) / from.length);
}
