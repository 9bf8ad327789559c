import type { Mask, RgbImage } from "@eosin/plugin-api/imaging";
import { lookKernels } from "./kernels/look-kernels.js";
import { pixelDigest } from "./pixel-digest.js";
import { PixelPass, type PixelSums } from "./pixel-pass.js";
import { cellMeans } from "./thumbnail-cells.js";

/** Side of the thumbnail that pictures are compared by, whatever their shape. */
export const densitySide = 32;

/** Longest side of the thumbnail for the page, in pixels; smaller pictures keep their size. */
export const thumbnailSide = 96;

/** What a picture and its mask come to, in plain numbers. */
export interface SampleFigures {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Share of the mask's pixels that are tumour, 0…1, of those that count; absent where there is no mask, or none counts. */
  readonly foreground?: number;
  /** Share of the mask's pixels that are ignored, 0…1; absent where none is. */
  readonly ignored?: number;
  /** Mean of red, green and blue, 0…255. */
  readonly mean: readonly [red: number, green: number, blue: number];
  /** Standard deviation of grey (ITU-R 601), 0…127.5. */
  readonly contrast: number;
  /**
   * Variance of the Laplacian of grey (4 neighbours, pixels at the border left out): small where a picture is out of
   * focus (Pech-Pacheco 2000), and where little is in it. A mean over pixels, so that it does not grow with the size.
   */
  readonly sharpness: number;
  /** Of width, height and pixels, 64 bits in hexadecimal: equal in identical pictures. */
  readonly pixels: string;
}

/** Small pictures of a sample. */
export interface SampleThumbnails {
  /**
   * Area means of grey's optical density, in hundredths, {@link densitySide} × {@link densitySide}: what pictures are
   * compared by. A brighter copy of a picture has lost what was pale, and densities weigh that little.
   */
  readonly density: Uint8Array;
  /** The picture, its longest side {@link thumbnailSide} at most. */
  readonly image: RgbImage;
  /** Of the same size: 1 where at least half of what a pixel stands for is tumour. */
  readonly mask?: Mask;
}

export type SampleMeasurer = (image: RgbImage, mask?: Mask) => { figures: SampleFigures; thumbnails: SampleThumbnails };

/**
 * Measures samples in one pass over their pixels. Keeps what a size of picture needs for the next of that size; apart
 * from the results nothing is allocated then.
 */
export function createSampleMeasurer(): SampleMeasurer {
  let pass: PixelPass | undefined;
  return (image, mask) => {
    const { width, height } = image;
    if (pass?.width !== width || pass.height !== height) {
      pass = new PixelPass(width, height, thumbnailSide, densitySide);
    }
    const sums = pass.run(image, mask);
    const thumbnails = thumbnailsOf(pass, mask !== undefined);
    return { figures: figuresOf(image, sums, mask !== undefined), thumbnails };
  };
}

function figuresOf(image: RgbImage, sums: PixelSums, hasMask: boolean): SampleFigures {
  const { width, height } = image;
  const { ignored } = sums;
  const pixels = width * height;
  return {
    width,
    height,
    ...(hasMask && ignored < pixels && { foreground: sums.tumour / (pixels - ignored) }),
    ...(ignored > 0 && { ignored: ignored / pixels }),
    mean: [sums.red / pixels, sums.green / pixels, sums.blue / pixels],
    contrast: Math.sqrt(variance(sums.grey, sums.greySquares, pixels)),
    sharpness: variance(sums.laplacian, sums.laplacianSquares, Math.max(0, width - 2) * Math.max(0, height - 2)),
    pixels: pixelDigest(image),
  };
}

function variance(sum: number, squares: number, count: number): number {
  if (count === 0) return 0;
  const mean = sum / count;
  return Math.max(0, squares / count - mean * mean);
}

function thumbnailsOf({ density, cells }: PixelPass, hasMask: boolean): SampleThumbnails {
  const { at } = lookKernels();
  const size = { width: cells.width, height: cells.height };
  return {
    density: density.rounded(),
    image: { ...size, data: cellMeans(cells, at.CELLS, 3) },
    ...(hasMask && { mask: { ...size, data: cellMeans(cells, at.TUMOUR_CELLS, 1) } }),
  };
}
