import { EosinError } from "@eosin/plugin-api";
import type { DensityMap, Sample } from "@eosin/plugin-api/imaging";
import type { Size } from "../resize/resize-sample.js";

/** The shared memory of one batch; samples are written straight into it by whichever thread prepares them. */
export interface BatchBuffers {
  readonly size: Size;
  /** (batch, height, width, 3) */
  readonly image: SharedArrayBuffer;
  /** (batch, height, width) */
  readonly mask: SharedArrayBuffer;
  /** `data`: (batch, height, width, stains) float32 */
  readonly density?: { readonly stains: number; readonly data: SharedArrayBuffer };
}

/** @param stains That densities tell apart; without it there is no room for them. */
export function allocateBatch(batch: number, size: Size, stains?: number): BatchBuffers {
  const pixels = batch * size.width * size.height;
  return {
    size,
    image: new SharedArrayBuffer(pixels * 3),
    mask: new SharedArrayBuffer(pixels),
    density: stains === undefined ? undefined : { stains, data: new SharedArrayBuffer(pixels * stains * 4) },
  };
}

/**
 * @throws EosinError `MASK_MISSING`, `SHAPE_CHANGED` where an augmenter gave another size than it got, or
 * `DENSITY_MISMATCH` where the sample's densities tell another number of stains apart than the batch's.
 */
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
  if (buffers.density && density) writeDensities(buffers.density, { index, pixels }, sample.id, density);
}

function writeDensities(
  { stains, data }: NonNullable<BatchBuffers["density"]>,
  { index, pixels }: { readonly index: number; readonly pixels: number },
  id: string,
  density: DensityMap,
): void {
  if (density.stains !== stains) {
    throw new EosinError({
      code: "DENSITY_MISMATCH",
      message: "The sample's densities tell another number of stains apart than those of other samples.",
      place: id,
      expected: `${stains} stains`,
      found: String(density.stains),
      next: "Use a dataset and augmenters whose densities tell as many stains apart in every sample.",
    });
  }
  new Float32Array(data, index * pixels * stains * 4, pixels * stains).set(density.data);
}
