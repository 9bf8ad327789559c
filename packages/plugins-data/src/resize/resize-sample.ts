import type { DensityMap, Interpolation, Mask, RgbImage, Sample } from "@eosin/plugin-api/imaging";
import { resizeArea8 } from "./resize-area.js";
import { resizeBilinear8, resizeBilinearFloat } from "./resize-bilinear.js";
import { resizeNearest } from "./resize-nearest.js";

export interface Size {
  readonly width: number;
  readonly height: number;
}

export async function resizeImage(image: RgbImage, size: Size, interpolation: Interpolation): Promise<RgbImage> {
  const { data, width, height } = image;
  if (width === size.width && height === size.height) return image;
  const args = [data, width, height, 3, size.width, size.height] as const;
  switch (interpolation) {
    case "bilinear":
      return { ...size, data: resizeBilinear8(...args) };
    case "nearest":
      return { ...size, data: resizeNearest(...args) };
    case "area":
      return { ...size, data: resizeArea8(...args) };
    case "lanczos3":
      return { ...size, data: await resizeLanczos(image, size) };
  }
}

export function resizeMask(mask: Mask, size: Size): Mask {
  const { data, width, height } = mask;
  if (width === size.width && height === size.height) return mask;
  return { ...size, data: resizeNearest(data, width, height, 1, size.width, size.height) };
}

export function resizeDensity(density: DensityMap, size: Size): DensityMap {
  const { data, width, height, stains } = density;
  if (width === size.width && height === size.height) return density;
  return { ...size, stains, data: resizeBilinearFloat(data, width, height, stains, size.width, size.height) };
}

/** Image by `interpolation`, mask nearest, densities bilinear. What already has the size is kept as it is. */
export async function resizeSample(sample: Sample, size: Size, interpolation: Interpolation): Promise<Sample> {
  return {
    id: sample.id,
    domain: sample.domain,
    image: await resizeImage(sample.image, size, interpolation),
    mask: sample.mask && resizeMask(sample.mask, size),
    density: sample.density && resizeDensity(sample.density, size),
    ...(sample.remarks && { remarks: sample.remarks }),
  };
}

async function resizeLanczos(image: RgbImage, size: Size): Promise<Uint8Array> {
  const { default: sharp } = await import("@eosin/pictures/sharp");
  return sharp(image.data, { raw: { width: image.width, height: image.height, channels: 3 } })
    .resize(size.width, size.height, { fit: "fill", kernel: "lanczos3" })
    .raw()
    .toBuffer();
}
