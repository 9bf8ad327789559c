import { EosinError } from "@eosin/plugin-api";
import type { Sample } from "@eosin/plugin-api/imaging";
import type { Size } from "../image/resize-sample.js";
import { STAINS } from "./cached-sample.js";

/** The shared memory of one batch; samples are written straight into it by whichever thread prepares them. */
export interface BatchBuffers {
  readonly size: Size;
  /** (batch, height, width, 3) */
  readonly image: SharedArrayBuffer;
  /** (batch, height, width) */
  readonly mask: SharedArrayBuffer;
  /** (batch, height, width, 2) float32 */
  readonly density?: SharedArrayBuffer;
}

export function allocateBatch(batch: number, size: Size, densities: boolean): BatchBuffers {
  const pixels = batch * size.width * size.height;
  return {
    size,
    image: new SharedArrayBuffer(pixels * 3),
    mask: new SharedArrayBuffer(pixels),
    density: densities ? new SharedArrayBuffer(pixels * STAINS * 4) : undefined,
  };
}

/** @throws EosinError `MASK_MISSING`, or `SHAPE_CHANGED` where an augmenter gave another size than it got. */
export function writeToBatch(buffers: BatchBuffers, index: number, sample: Sample): void {
  const { width, height } = buffers.size;
  const { image, mask, density } = sample;
  if (mask === undefined) {
    throw new EosinError({ code: "MASK_MISSING", message: "The sample has no mask.", place: sample.id });
  }
  if (image.width !== width || image.height !== height || mask.width !== width || mask.height !== height) {
    throw new EosinError({
      code: "SHAPE_CHANGED",
      message: "The sample does not have the batch's size.",
      place: sample.id,
      expected: `${width}×${height}`,
      found: `image ${image.width}×${image.height}, mask ${mask.width}×${mask.height}`,
      next: "Use augmenters that keep the size; quarter turns need square inputs.",
    });
  }
  const pixels = width * height;
  new Uint8Array(buffers.image, index * pixels * 3, pixels * 3).set(image.data);
  new Uint8Array(buffers.mask, index * pixels, pixels).set(mask.data);
  if (buffers.density && density) {
    new Float32Array(buffers.density, index * pixels * STAINS * 4, pixels * STAINS).set(density.data);
  }
}
